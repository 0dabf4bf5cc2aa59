# SPDX-License-Identifier: Apache-2.0
"""Services on loopback that the tests of the AWS client talk to."""
import os

# boto3 and moto read these, and the test is not to depend on who runs it.
for _name in [n for n in os.environ if n.startswith(("AWS_", "MOTO_")) or n.lower().endswith("_proxy")]:
    del os.environ[_name]
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"  # a thousand in each region, each time
