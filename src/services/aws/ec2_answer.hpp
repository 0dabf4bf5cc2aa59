// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/aws/client.hpp"
#include "services/aws/xml_answer.hpp"

namespace patchbot::aws {

/// Adds Filter.<number> with these values; nothing if there are none.
void add_filter(Form& form,
                int number,
                const std::string& name,
                const std::vector<std::string>& values);

/// Throws Error(remote) if the answer is another document.
void check_root(const XmlAnswer& answer, const Reply& reply, std::string_view wanted);

/// EC2 sends its lists also when they are empty. Without one the answer is of another shape, and to
/// take it for "nothing there" would hide what is: Error(remote).
const XmlNode& list_in(const XmlNode& node, const Reply& reply, const std::string& name);

}  // namespace patchbot::aws
