// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/inventory.hpp"
#include "services/aws/client.hpp"
#include "services/aws/xml_answer.hpp"

// What calls of the Query protocols have in common. Functions that take the reply throw
// Error(remote), which names the call, for an answer of another shape.

namespace patchbot::aws {

/// Adds EC2's Filter.<number> with these values; nothing if there are none.
void add_filter(Form& form,
                int number,
                const std::string& name,
                const std::vector<std::string>& values);

/// Asks page after page with this form; `read` gives the token of the next page.
void query_pages(Client& client,
                 const Operation& operation,
                 const Form& form,
                 const std::function<std::string(const Reply& reply)>& read);

/// Throws if the answer is another document.
void check_root(const XmlAnswer& answer, const Reply& reply, std::string_view wanted);

/// The <CallResult> in the <CallResponse> of the services but EC2.
const XmlNode& result_in(const XmlAnswer& answer, const Reply& reply, const Operation& operation);

/// AWS sends its lists also when they are empty. Without one the answer is of another shape, and to
/// take it for "nothing there" would hide what is.
const XmlNode& list_in(const XmlNode& node, const Reply& reply, const std::string& name);

/// A child's text, cut to what such a text has at most in bytes; empty if there is none.
std::string text_of(const XmlNode& node, std::string_view name, std::size_t most = 255);

/// The same for a text that has to be there.
std::string text_in(const XmlNode& node,
                    const Reply& reply,
                    const std::string& name,
                    std::size_t most = 255);

/// A number that has to be there and is not negative.
std::uint64_t number_in(const XmlNode& node, const Reply& reply, const std::string& name);

/// The tags of a list, given the names of their two elements; sorted, each key once.
Tags tags_of(const std::vector<XmlNode>& items, std::string_view key, std::string_view value);

}  // namespace patchbot::aws
