/** The console's page: joins the live connection to what is shown. */
import { addCalls, resetCalls } from "./calls.js";
import { showChain } from "./chain.js";
import { showFaults } from "./faults.js";
import { follow } from "./stream.js";

const connection = document.querySelector("#connection");

follow({
  reset: resetCalls,
  calls: addCalls,
  snapshot({ chain, faults }) {
    showChain(chain);
    showFaults(faults);
  },
  state(live) {
    connection.dataset.state = live ? "live" : "lost";
    connection.textContent = live ? "Live" : "Sandbox stopped; connecting again";
  },
});
