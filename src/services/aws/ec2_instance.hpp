// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/inventory.hpp"
#include "services/aws/xml_answer.hpp"

namespace patchbot::aws {

/// One <item> of an instancesSet in an answer to DescribeInstances.
Target read_instance(const XmlNode& item);

}  // namespace patchbot::aws
