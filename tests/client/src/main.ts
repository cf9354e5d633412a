// Reads a live node with the client that openapi-typescript makes of docs/api/openapi.json. Says what it saw as one line of JSON.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

const [address, headerName, headerValue] = process.argv.slice(2);
if (address === undefined || headerName === undefined || headerValue === undefined) throw new Error("usage: main.js ADDRESS HEADER VALUE");
const headers = { [headerName]: headerValue };
const client = createClient<paths>({ baseUrl: address, headers });

async function notices(): Promise<components["schemas"]["NoticeProperties"][]> {
  const all: components["schemas"]["NoticeProperties"][] = [];
  for (let cursor: string | undefined; ; ) {
    const { data, error } = await client.GET("/api/v1/notices", { params: { query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) } } });
    if (error !== undefined) throw new Error(error.title);
    all.push(...data.features.map((feature) => feature.properties));
    if (data.next === undefined) return all;
    cursor = data.next;
  }
}

async function events(count: number): Promise<{ id: number; type: string }[]> {
  const answer = await fetch(new URL("/api/v1/events?from=0", address), { headers });
  const seen: { id: number; type: string }[] = [];
  let text = "";
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = new Map(text.slice(0, end).split("\n").map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]));
      text = text.slice(end + 2);
      if (lines.get("event") === "entry") seen.push({ id: Number(lines.get("id")), type: (JSON.parse(lines.get("data")!) as { type: string }).type });
      if (seen.length === count) return seen;
    }
  }
  throw new Error("the stream ended");
}

const found = await notices();
const first = found[0]!;
const one = await client.GET("/api/v1/notices/{party}/{id}", { params: { path: { party: first.party, id: first.notice } } });
if (one.error !== undefined) throw new Error(one.error.title);
const refused = await client.GET("/api/v1/notices", { params: { query: { limit: 0 } } });
const reasons: string[] = one.data.verdict.reasons.map((reason) => reason.text["ru"] ?? "");
console.log(
  JSON.stringify({
    notices: found.map((notice) => notice.notice),
    record: one.data.record,
    verdict: one.data.verdict.verdict,
    reasons: reasons.length,
    problem: refused.error?.code,
    events: (await events(5)).map((event) => event.id),
  }),
);
process.exit(0);
