// SPDX-License-Identifier: Apache-2.0
#include "formats/sam_parameters.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "formats/parameter_overrides.hpp"
#include "formats/template_yaml.hpp"

namespace patchbot {
namespace {

using Member = TemplateNode::Member;

constexpr std::string_view included = "$include";

bool is_null(const TemplateNode& node) {
  return node.is_scalar() && !node.quoted &&
         (node.text.empty() || node.text == "~" || node.text == "null");
}

// As SAM hands it to CloudFormation: a list with commas, a truth value as Python spells it.
void make_text(TemplateNode& value) {
  if (value.is_list()) {
    std::string joined;
    for (const TemplateNode& item : value.items) {
      if (!item.is_scalar() || item.text.empty()) continue;
      joined += (joined.empty() ? "" : ",") + std::string(trim(item.text));
    }
    value.items.clear();
    value.kind = TemplateNode::Kind::scalar;
    value.text = std::move(joined);
  } else if (is_null(value)) {
    value.text.clear();
  } else if (value.is_scalar() && !value.quoted) {
    const std::string word = to_lower(value.text);
    if (word == "true") value.text = "True";
    if (word == "false") value.text = "False";
  }
}

/// The parameters that one value of parameter_overrides gives.
class Overrides {
 public:
  Overrides(std::string_view text, const LineIndex& index) : text_(text), index_(index) {
    all_.kind = TemplateNode::Kind::map;
  }

  // False for what SAM refuses.
  bool add(TemplateNode& value) {
    if (value.is_list()) {
      return std::all_of(
          value.items.begin(), value.items.end(), [&](TemplateNode& item) { return add(item); });
    }
    if (value.is_scalar()) return is_null(value) || value.text.empty() || add_text(value);
    for (Member& member : value.members) {
      make_text(member.value);
      add_member(std::move(member));
    }
    return true;
  }

  TemplateNode spelled_out(std::vector<TemplateProblem>& problems) {
    keep_last_of_each(all_, problems);
    TemplateNode list;
    list.kind = TemplateNode::Kind::list;
    for (Member& member : all_.members) list.items.push_back(override_pair(std::move(member)));
    return list;
  }

 private:
  bool add_text(const TemplateNode& value) {
    if (value.text.starts_with("file://")) {
      add_member({std::string(included), value.place, value});
      return true;
    }
    const std::vector<Override> found = parse_sam_overrides(value.text);
    const std::size_t begin = index_.offset_of(value.place.line, value.place.column);
    std::size_t end = begin;  // of the one before, in the file
    for (const Override& one : found) {
      Member member{one.name, value.place, {}};
      member.value.place = value.place;
      member.value.text = one.value;
      member.value.quoted = true;
      find_places(one, begin, end, member);
      add_member(std::move(member));
    }
    return !found.empty();
  }

  // Quotes, escapes and folded lines make the text another one than stands in the file, and never a
  // longer one; its words follow each other as they do there.
  void find_places(const Override& one, std::size_t begin, std::size_t& end, Member& member) {
    const std::size_t start = std::max(end, begin + one.name_offset);
    const std::size_t name = find_near(one.name, start, 4096);
    if (name == npos) return;
    const std::size_t name_end = name + one.name.size();
    const std::size_t value = find_near(one.value, name_end, 32);  // "=", quotes, backslashes
    end = value == npos ? name_end : value + one.value.size();
    member.place = index_.position_of(name);
    member.value.place = index_.position_of(value == npos ? name : value);
  }

  std::size_t find_near(const std::string& word, std::size_t start, std::size_t reach) const {
    if (start > text_.size()) return npos;
    const std::size_t at = text_.substr(start, reach + word.size()).find(word);
    return at == npos ? npos : start + at;
  }

  // Several includes are one value: what they give is not known here.
  void add_member(Member member) {
    const bool is_include = member.key == included && member.value.is_scalar();
    if (is_include && include_) {
      all_.members[*include_].value.text += "," + member.value.text;
      return;
    }
    if (is_include) include_ = all_.members.size();
    all_.members.push_back(std::move(member));
  }

  static constexpr auto npos = std::string_view::npos;

  std::string_view text_;
  const LineIndex& index_;
  TemplateNode all_;
  std::optional<std::size_t> include_;  ///< where its member is
};

}  // namespace

void spell_out_sam_overrides(TemplateNode& given,
                             std::string_view text,
                             const LineIndex& index,
                             std::vector<TemplateProblem>& problems) {
  Overrides overrides(text, index);
  TemplateNode value = given;
  if (!overrides.add(value)) return;
  const Position place = given.place;
  given = overrides.spelled_out(problems);
  given.place = place;
}

}  // namespace patchbot
