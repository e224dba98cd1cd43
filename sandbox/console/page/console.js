/** The console's page: joins the live connection to what is shown. */
import { addCalls, resetCalls } from "./calls.js";
import { showChain } from "./chain.js";
import { showFaults } from "./faults.js";
import { showPipelines } from "./pipelines.js";
import { showPulls } from "./pull-requests.js";
import { follow } from "./stream.js";

const connection = document.querySelector("#connection");

follow({
  reset: resetCalls,
  calls: addCalls,
  snapshot({ chain, faults, story }) {
    showChain(chain);
    showFaults(faults);
    showPulls(story.pulls);
    showPipelines(story.pipelines);
  },
  state(live) {
    connection.dataset.state = live ? "live" : "lost";
    connection.textContent = live ? "Live" : "Sandbox stopped; connecting again";
  },
});
