// The page: every part is mounted on its place and redraws itself when the town changes.

import { mountAnnouncer } from "./announcer.js";
import { mountBar } from "./bar.js";
import { mountChannels } from "./channels.js";
import { mountHead } from "./head.js";
import { mountPeople } from "./people.js";
import { mountTimeline } from "./timeline.js";
import { Town } from "./town.js";
import { mountWriting } from "./writing.js";

const place = (id) => document.getElementById(id);
const town = new Town();

mountBar(town, { clock: place("clock"), bot: place("bot"), guild: place("guild"), drawer: place("drawer") });
mountPeople(town, place("people"));
mountChannels(town, place("channels"));
mountHead(town, place("head"));
mountTimeline(town, place("timeline"));
mountWriting(town, place("write"));
mountAnnouncer(town, { say: place("say"), alarms: place("alarms") });

for (const skip of document.querySelectorAll("[data-skip]")) {
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    const found = { heading: place("heading"), write: place("write").querySelector("textarea, button, input") };
    (found[skip.dataset.skip] ?? place("heading"))?.focus();
  });
}

await town.begin();
