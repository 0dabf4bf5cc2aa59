// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ec2_answer.hpp"

#include "base/error.hpp"

namespace patchbot::aws {

void add_filter(Form& form,
                int number,
                const std::string& name,
                const std::vector<std::string>& values) {
  if (values.empty()) return;
  const std::string filter = "Filter." + std::to_string(number);
  form.emplace_back(filter + ".Name", name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    form.emplace_back(filter + ".Value." + std::to_string(i + 1), values[i]);
  }
}

void check_root(const XmlAnswer& answer, const Reply& reply, std::string_view wanted) {
  if (answer.root().name == wanted) return;
  throw Error(Blame::remote,
              reply.label + ": expected <" + std::string(wanted) + ">, but the answer is <" +
                  std::string(answer.root().name.substr(0, 60)) + ">");
}

const XmlNode& list_in(const XmlNode& node, const Reply& reply, const std::string& name) {
  const XmlNode* list = node.find(name);
  if (list == nullptr)
    throw Error(Blame::remote, reply.label + ": the answer has no <" + name + ">");
  return *list;
}

}  // namespace patchbot::aws
