/**
 * A client of the Vivix API: makes a video, or shows one.
 *
 *     npm install && npm run build
 *     errbook mock vivix --fallback /vivix/INTERNAL_ERROR,INTERNAL_ERROR,ok     # in another terminal
 *     npm start http://127.0.0.1:8429 show v1
 */
import { VivixError } from "vivix-errors";
import { explain } from "./explain.js";
import { Videos } from "./videos.js";

const USAGE = "usage: client BASE_URL (make PROMPT | show ID)";

/** Does what the arguments say. Gives the exit status: 1 where the API refuses, 2 where the arguments make no sense. */
async function main([base, command, argument]: readonly string[]): Promise<number> {
  if (base === undefined || argument === undefined || (command !== "make" && command !== "show")) {
    console.error(USAGE);
    return 2;
  }
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort(new Error("interrupted")));
  const videos = new Videos(base, process.env["VIVIX_KEY"] ?? "", interrupt.signal);
  try {
    console.log(JSON.stringify(command === "make" ? await videos.make(argument) : await videos.show(argument)));
    return 0;
  } catch (error) {
    console.error(error instanceof VivixError ? explain(error) : String(error));
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
