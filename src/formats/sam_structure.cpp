// SPDX-License-Identifier: Apache-2.0
#include "formats/sam_structure.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

using Member = TemplateNode::Member;

constexpr std::array<std::string_view, 3> options{"parameter_overrides", "template_file", "region"};
constexpr std::array<std::string_view, 1> section{"parameters"};

class Check {
 public:
  explicit Check(std::vector<TemplateProblem>& problems) : problems_(problems) {}

  void environments(const TemplateNode& root) {
    for (const Member& environment : root.members) {
      if (is_list(environment)) continue;
      for (const Member& command : environment.value.members) {
        if (!is_list(command)) sections(command.value);
      }
    }
  }

 private:
  void sections(const TemplateNode& command) {
    for (const Member& one : command.members) {
      if (one.key != section[0]) {
        spelling(one, section);
      } else if (!is_list(one)) {
        for (const Member& option : one.value.members) spelling(option, options);
      }
    }
  }

  // "template" is another name of the same option.
  template <std::size_t count>
  void spelling(const Member& member, const std::array<std::string_view, count>& known) {
    const bool is_right = member.key == "template" ||
                          std::find(known.begin(), known.end(), member.key) != known.end();
    if (is_right) return;
    std::string plain = to_lower(member.key);
    std::replace(plain.begin(), plain.end(), '-', '_');
    const auto meant = closest(plain, {known.begin(), known.end()});
    if (!meant) return;
    add(member,
        "SAM passes over the key " + clean_line(member.key) + ": did you mean " +
            std::string(*meant) + "?");
  }

  bool is_list(const Member& member) {
    const auto& items = member.value.items;
    const bool is_one = std::any_of(
        items.begin(), items.end(), [](const TemplateNode& item) { return item.is_map(); });
    if (is_one) {
      add(member,
          "SAM passes over the list " + clean_line(member.key) + ", written [[" +
              clean_line(member.key) + "]] in TOML: it takes a table");
    }
    return is_one;
  }

  void add(const Member& member, std::string message) {
    problems_.push_back({TemplateProblem::Kind::sam_setting, member.place, std::move(message)});
  }

  std::vector<TemplateProblem>& problems_;
};

}  // namespace

void add_sam_mistakes(const TemplateNode& root, std::vector<TemplateProblem>& problems) {
  Check(problems).environments(root);
}

}  // namespace patchbot
