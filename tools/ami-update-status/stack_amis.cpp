// SPDX-License-Identifier: Apache-2.0
#include "stack_amis.hpp"

#include <set>

#include "formats/template_reader.hpp"
#include "templates/ami_reach.hpp"
#include "written_amis.hpp"

namespace patchbot {

std::vector<std::string> amis_in_parameters(const Stack& stack) {
  std::set<std::string> amis;
  for (const StackParameter& one : stack.parameters) {
    const std::string& value = one.resolved.empty() ? one.value : one.resolved;
    for (const std::string& ami : ami_ids(value)) amis.insert(ami);
  }
  return {amis.begin(), amis.end()};
}

std::vector<std::string> amis_in_template(std::string_view body,
                                          const Stack& stack,
                                          const AwsPlace& place) {
  ParameterValues values;
  for (const StackParameter& one : stack.parameters) {
    values[one.name] = one.resolved.empty() ? one.value : one.resolved;
  }
  return amis_with(read_template(body).root, std::move(values), {place}, nullptr).amis;
}

}  // namespace patchbot
