/** The other thread of plain.test.ts: makes an error of what it gets, and sends back what that says. */
import { parentPort } from "node:worker_threads";
import { VivixError, type PlainResponse } from "../../../generated/typescript/vivix-errors/index.js";

parentPort?.on("message", (parts: PlainResponse) => {
  const error = VivixError.from(parts);
  parentPort?.postMessage({ code: error.code, message: error.message, parts: error.toParts() });
});
