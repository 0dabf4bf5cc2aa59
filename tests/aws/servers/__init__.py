# SPDX-License-Identifier: Apache-2.0
"""Services on loopback that the tests of the AWS client talk to."""
