import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../src/decode.js";
import { codeText, Document } from "../src/document.js";
import type { Api, Shape } from "../src/table.js";

const shape: Shape = { statuses: [[400, 599]], code: [[["type"]], [["code"]], [["sub"], "header:x-sub"]], message: [["message"]] };

const api: Api = {
  id: "demo",
  title: "Demo",
  shapes: [shape],
  rows: [
    ["card", -1, -1, 0, -1],
    ["card/declined", -1, -1, 0, -1],
    ["card/declined/5", -1, -1, 0, -1],
    ["CONNECTION", -1, -1, 0, -1, 0],
    ["UPSTREAM", -1, -1, 0, -1, 0],
    ["UPSTREAM_404", -1, -1, 0, -1, 0],
    ["ANY_CARD", -1, -1, 0, -1, 0],
    ["08006", -1, -1, 0, -1],
    ["FROZEN", 0, -1, 0, -1, 1],
    ["/empty", -1, -1, 0, -1],
    ["x/y/z", -1, -1, 0, -1],
  ],
  aliases: [
    ["card/refused", 1],
    ["ICE", 8],
    ["57P01", 3],
    ["p/q/r", 10],
  ],
  slashed: [
    [10, [1]],
    [14, [0]],
  ],
  classes: [
    [5, ["equals", "upstream_404"]],
    [4, ["range", 500n, 599n]],
    [3, ["prefix", "08"]],
    [6, ["equals", "card"], ["pattern", "x*z"]],
    [4, ["pattern", "upstream_*"]],
  ],
  uncoded: [8],
  statusSets: [[403]],
  retries: [],
  groups: [],
  more: [{ conditions: [] }, { conditions: [["message", "not", "open"]] }],
  statuses: [],
  sources: [],
};

function decoded(body: object, status = 400, of: Api = api): ReturnType<typeof decode> {
  return decode(of, status, new Document(new Headers(), JSON.stringify(body)));
}

/** The error that it is known as, and whether only the first parts of its code are listed. */
function known(type: unknown, code?: unknown, sub?: unknown): string | undefined {
  const { row, unlistedPart } = decoded({ type, code, sub });
  const name = api.rows[row ?? -1]?.[0];
  return unlistedPart ? `${name} ..` : name;
}

test("parts of a code, from the whole of it to its first part", () => {
  assert.equal(known("card"), "card");
  assert.equal(known("card", "declined"), "card/declined");
  assert.equal(known("card", "declined", 5), "card/declined/5");
  assert.equal(known("card", "declined", "5"), "card/declined/5");
  assert.equal(known("card", "declined", 6), "card/declined ..");
  assert.equal(known("card", "refused", 6), "card/declined ..");
  assert.equal(known("card", "expired"), "card ..");
  assert.equal(known("card", "expired", 5), "card ..");
  assert.equal(known("card", undefined, 5), "card", "what comes after a missing part does not count");
  assert.equal(known("card", ""), "card ..");
  assert.equal(known("bank", "declined"), undefined);
  assert.equal(known(undefined, "declined"), undefined);
  assert.equal(known("card/declined"), undefined, "one text is not two parts");
  assert.equal(known("x/y", "z"), "x/y/z");
  assert.equal(known("x/y", "z", 1), "x/y/z ..");
  assert.equal(known("x", "y/z"), undefined);
  assert.equal(known("x", "y", "z"), undefined);
  assert.equal(known("p", "q/r"), "x/y/z", "an alias");
  const e = decoded({ type: "bank", code: 0, sub: "x" });
  assert.equal(e.outcome, "unknown_code");
  assert.equal(codeText(e.code), "bank/0/x");
});

test("classes of codes come after codes, the most specific first", () => {
  assert.equal(known("08001"), "CONNECTION");
  assert.equal(known("08006"), "08006");
  assert.equal(known("08001", "x"), "CONNECTION ..");
  assert.equal(known(503), "UPSTREAM");
  assert.equal(known("upstream_502"), "UPSTREAM");
  assert.equal(known("upstream_404"), "UPSTREAM_404");
  assert.equal(known("UPSTREAM_502"), undefined, "case counts");
  assert.equal(known("card", "xyz"), "ANY_CARD");
  assert.equal(known("card", "xyz", 1), "ANY_CARD ..");
  assert.equal(known("CONNECTION"), undefined, "the name of a class is no code");
});

test("an error without a code is known by its status and conditions", () => {
  const message = "No.";
  assert.equal(decoded({ message }, 403).row, 8);
  assert.equal(decoded({ type: "", message }, 403).row, 8, "an empty code is none");
  assert.equal(decoded({ type: "", code: "empty", message }, 403).row, 9, "unless it is listed");
  assert.equal(decoded({ message }, 404).outcome, "no_code");
  assert.equal(decoded({ message: "open" }, 403).outcome, "no_code");
  assert.equal(decoded({ type: "FROZEN", message }, 400).outcome, "unknown_code", "its name is no code");
  assert.equal(decoded({ type: "ICE" }, 400).row, 8, "its alias is");
  assert.equal(decoded({ type: "57P01" }, 400).row, 3);
  assert.equal(decoded({ type: "UNLISTED", message }, 403).row, 8, "a code that is not listed does not hide it");
  assert.equal(decoded({ type: ["x"] }, 403).unreadableCode, true);
  const cut: Api = { ...api, shapes: [{ statuses: [400], code: [[{ of: ["type"], after: "#" }]] }] };
  const unreadable = [["x"], {}, true, 1.5, "x", 1, null].map((type) => decoded({ type }, 400, cut).unreadableCode);
  assert.deepEqual(unreadable, [true, true, true, true, false, false, false]);
});

test("the error's own status counts where it tells one", () => {
  const of: Api = { ...api, shapes: [{ ...shape, ownStatus: [["status"], ["http"]] }] };
  const cases: [object, number][] = [
    [{ status: 403 }, 403],
    [{ status: "403" }, 403],
    [{ status: "x", http: 404 }, 400],
    [{ status: [], http: 404 }, 404],
    [{ status: 40 }, 400],
    [{ status: 1000 }, 400],
    [{ status: "+40" }, 400],
    [{ status: "099" }, 400],
    [{ status: -40 }, 400],
    [{ status: 403.5 }, 400],
    [{}, 400],
  ];
  for (const [body, want] of cases) assert.equal(decoded(body, 400, of).status, want, JSON.stringify(body));
  assert.equal(decoded({ status: 403, message: "No." }, 400, of).row, 8);
});

test("the first shape that yields a code, then a message, then any", () => {
  const shapes: Shape[] = [
    { statuses: [400], code: [[["a"]]] },
    { statuses: [400], message: [["m"]] },
    { statuses: [400, 200], code: [[["b"]]] },
    { statuses: [200], gate: [[["ok"], "equals", "false"]], message: [["m"]] },
  ];
  const of: Api = { ...api, shapes };
  const chosen = (body: object, status = 400) => shapes.indexOf(decoded(body, status, of).shape as Shape);
  assert.equal(chosen({ m: "x", b: 1, a: 2 }), 0);
  assert.equal(chosen({ m: "x", b: 1 }), 2);
  assert.equal(chosen({ m: "x" }), 1);
  assert.equal(chosen({}), 0);
  assert.equal(chosen({ b: 1 }, 200), 2);
  assert.equal(chosen({ ok: false }, 200), 3);
  assert.equal(decoded({ ok: true }, 200, of).outcome, "not_error");
});

test("what is no response must be claimed, where the catalog says what errors look like there", () => {
  const event: Shape = { statuses: [0], gate: [[["event"], "equals", "error"]], code: [[["code"]]] };
  const unsure: Shape = { statuses: [0, 422], code: [[["fault"]]] };
  const of: Api = { ...api, shapes: [shape, event, unsure] };
  const told = (body: object, status?: number) => decode(of, status, new Document(new Headers(), JSON.stringify(body)));
  assert.equal(told({ event: "error", code: "08006" }).row, 7);
  assert.equal(told({ event: "error" }).outcome, "no_code");
  assert.equal(told({ fault: "08006" }).row, 7);
  assert.equal(told({ event: "delta", code: "08006" }).outcome, "not_error");
  assert.equal(told({ type: "08006" }).outcome, "not_error", "a shape of responses");
  assert.equal(told({ fault: "08006" }, 400).outcome, "no_code", "a shape of events");
  assert.equal(told({ fault: "08006" }, 422).row, 7, "and of responses of this status");
  assert.equal(decode(of, undefined, new Document(new Headers(), "data: x")).outcome, "not_error");
  assert.equal(decode(api, undefined, new Document(new Headers(), '{"type": "08006"}')).row, 7);
});
