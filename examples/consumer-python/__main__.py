"""What another team's program gets of the delivery chain; docs/outputs-1.schema.json describes it."""

import pulumi

stack = pulumi.Config().require("deliveryStack")
delivery = pulumi.StackReference(stack)


def speaks_version_1(version: object) -> object:
    if version != 1:
        raise pulumi.RunError(f"The stack {stack} speaks version {version} of the contract, not 1.")
    return version


pulumi.export("contractVersion", delivery.require_output("contractVersion").apply(speaks_version_1))
pulumi.export("target", delivery.require_output("site").apply(lambda site: site["url"]))
pulumi.export(
    "label",
    pulumi.Output.format(
        "{0}: {1}",
        delivery.require_output("environment"),
        delivery.require_output("image").apply(lambda image: image["tag"]),
    ),
)
