// An app without any framework of Slack's: Express, and signatures verified by hand.

import { createHmac, timingSafeEqual } from "node:crypto";
import express from "express";

const app = express();
app.use(express.raw({ type: "*/*" }));

app.use((request, response, next) => {
  const at = request.get("X-Slack-Request-Timestamp") ?? "0";
  const digest = createHmac("sha256", process.env.SLACK_SIGNING_SECRET).update(`v0:${at}:`).update(request.body ?? "").digest("hex");
  const given = Buffer.from(request.get("X-Slack-Signature") ?? "");
  const wanted = Buffer.from(`v0=${digest}`);
  const fresh = Math.abs(Date.now() / 1000 - Number(at)) < 300;
  if (!fresh || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return response.status(401).end();
  return next();
});

async function ask(method, asked) {
  const headers = { Authorization: `Bearer ${process.env.SLACK_BOT_TOKEN}`, "Content-Type": "application/json; charset=utf-8" };
  const answer = await (await fetch(`${process.env.SLACK_API_URL}${method}`, { method: "POST", headers, body: JSON.stringify(asked) })).json();
  if (!answer.ok) throw new Error(`${method}: ${answer.error}`);
  return answer;
}

app.post("/commands", (request, response) => {
  const command = Object.fromEntries(new URLSearchParams(request.body.toString()));
  response.json({
    response_type: "in_channel",
    text: `Heard ${command.command}`,
    blocks: [{ type: "actions", elements: [{ type: "button", text: { type: "plain_text", text: "And now?" }, action_id: "now", value: command.text }] }],
  });
});

app.post("/acts", async (request, response) => {
  const payload = JSON.parse(new URLSearchParams(request.body.toString()).get("payload"));
  response.status(200).end();
  const answer = { replace_original: true, text: `Pressed with ${payload.actions[0].value}` };
  await fetch(payload.response_url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(answer) });
});

app.post("/events", async (request, response) => {
  const told = JSON.parse(request.body.toString());
  response.status(204).end();
  if (told.event.type === "app_mention") {
    await ask("chat.postMessage", { channel: told.event.channel, thread_ts: told.event.ts, text: "You called?" });
  }
});

app.listen(Number(process.env.PORT), "127.0.0.1");
