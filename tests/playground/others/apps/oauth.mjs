// An app of Bolt for JavaScript that is installed by OAuth, and keeps its installations in memory.

import bolt from "@slack/bolt";

const installations = new Map();

const app = new bolt.App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  clientId: process.env.SLACK_CLIENT_ID,
  clientSecret: process.env.SLACK_CLIENT_SECRET,
  stateSecret: "made up for a test",
  scopes: ["chat:write", "commands"],
  installationStore: {
    storeInstallation: async (installation) => { installations.set(installation.team.id, installation); },
    fetchInstallation: async (query) => installations.get(query.teamId),
    deleteInstallation: async (query) => { installations.delete(query.teamId); },
  },
  installerOptions: { authorizationUrl: process.env.SLACK_AUTHORIZE_URL, directInstall: true, clientOptions: { slackApiUrl: process.env.SLACK_API_URL } },
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

app.command("/sample-command", async ({ ack, client, command }) => {
  await ack();
  const who = await client.auth.test();
  await client.chat.postMessage({ channel: command.channel_id, text: `Installed as ${who.user_id}` });
});

await app.start(Number(process.env.PORT));
