// What the program makes of some responses, a line each.
import { VicseeError } from "vicsee-errors";
import { VivixError } from "vivix-errors";
import { call, explain, read } from "./main.js";

async function answered(status: number, body: string): Promise<string> {
  globalThis.fetch = () => Promise.resolve(new Response(body, { status }));
  return call("https://api.example/").then(() => "fine", explain);
}

console.log(await answered(200, ""));
console.log(await answered(403, '{"error": "MODEL_NOT_ALLOWED", "model": "m1"}'));
console.log(await answered(402, '{"error": "INSUFFICIENT_CREDITS", "balance": 3, "needed": 10}'));
const answers = [new Response('{"error": "INTERNAL_ERROR"}', { status: 500, headers: { "retry-after": "0" } }), new Response("")];
globalThis.fetch = async () => answers.shift() ?? Response.error();
console.log(await read("https://api.example/", () => console.log("again")).then(() => "fine", explain));
console.log(await answered(400, '{"error": "NOT_LISTED"}'));
console.log(VivixError.from({ status: 401, body: '{"error": "KEY_REVOKED"}' }).remediation);
console.log(explain(VicseeError.from({ status: 403, body: '{"success": false, "error": {"code": "FORBIDDEN", "message": "Access denied"}}' })));
console.log(explain(new Error("of no API")));
