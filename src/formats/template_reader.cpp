// SPDX-License-Identifier: Apache-2.0
#include "formats/template_reader.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/template_yaml.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_problems = 1000;

// What begins like JSON may still be YAML in flow style: then JSON's complaint is the better one
// only if YAML has one, too.
Template read_flow(std::string_view text) {
  try {
    return read_json_template(text);
  } catch (const Error&) {
    try {
      return read_yaml_template(text);
    } catch (const Error&) {
    }
    throw;
  }
}

// Nearly every map is short and has no key twice: then nothing is sorted.
bool may_have_duplicates(const std::vector<TemplateNode::Member>& members) {
  constexpr std::size_t many = 16;
  if (members.size() > many) return true;  // to be looked at closely
  for (auto one = members.begin(); one != members.end(); ++one) {
    const auto same = [&](const TemplateNode::Member& other) { return other.key == one->key; };
    if (std::any_of(std::next(one), members.end(), same)) return true;
  }
  return false;
}

}  // namespace

void keep_last_of_each(TemplateNode& map, std::vector<TemplateProblem>& problems) {
  auto& members = map.members;
  if (!may_have_duplicates(members)) return;
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return members[a].key < members[b].key;
  });
  std::vector<bool> is_gone(members.size());
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    const TemplateNode::Member& first = members[order[i]];
    const TemplateNode::Member& next = members[order[i + 1]];
    if (first.key != next.key) continue;
    is_gone[order[i]] = true;
    if (problems.size() >= most_problems) continue;
    problems.push_back({TemplateProblem::Kind::duplicate_key,
                        next.place,
                        "the key " + clean_line(next.key) + " stands in line " +
                            std::to_string(first.place.line) + " already; the last one counts"});
  }
  std::size_t index = 0;
  std::erase_if(members, [&](const auto&) { return is_gone[index++]; });
}

Template read_template(std::string_view text) {
  if (text.size() > TemplateLimits::bytes) {
    throw Error(Blame::input, "is larger than 4 MiB; CloudFormation takes no more than 1 MB");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string_view start = trim(text);
  if (start.empty()) {
    throw Error(Blame::input, "is empty; expected a CloudFormation template", Position{});
  }
  const bool flow = start.starts_with('{') || start.starts_with('[');
  return flow ? read_flow(text) : read_yaml_template(text);
}

}  // namespace patchbot
