"""Reads the outputs.json that `npx --no delivery outputs --file outputs.json` wrote. It needs neither Pulumi nor the state."""

import json
import sys
from pathlib import Path


def main(path: str) -> None:
    outputs = json.loads(Path(path).read_text(encoding="utf-8"))
    if outputs["contractVersion"] != 1:
        sys.exit(f"{path} speaks version {outputs['contractVersion']} of the contract, not 1.")
    print(f"{outputs['site']['url']} {outputs['environment']}: {outputs['image']['tag']}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python watch.py OUTPUTS.JSON")
    main(sys.argv[1])
