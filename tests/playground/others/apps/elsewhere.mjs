// Leads what asks for Slack's own address to the pretend one instead, as a name server would; the app stays as it is.

import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const paths = [process.cwd(), `${process.cwd()}/node_modules/@hubot-friends/hubot-slack`, `${process.cwd()}/node_modules/@slack/socket-mode`];

for (const path of paths) {
  try {
    const home = require.resolve("@slack/web-api/dist/WebClient", { paths: [path] });
    const made = require(home);
    if (made.led) continue;
    const { WebClient } = made;
    made.WebClient = class extends WebClient {
      constructor(token, options = {}) {
        super(token, { ...options, slackApiUrl: process.env.SLACK_API_URL });
      }
    };
    made.led = true;
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error;
  }
}
