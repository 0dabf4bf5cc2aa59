// SPDX-License-Identifier: Apache-2.0
// What holds for every template: one that is written in another way has not changed, and what is
// put in front of a list moves nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "templates/reading.hpp"
#include "templates/template_writer.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;
using differential::Prng;
using test::TemplateStyle;
using testing::IsEmpty;
using Form = TemplateStyle::Form;

constexpr std::array forms{Form::json, Form::flow, Form::block};

TemplateStyle draw_style(Prng& draw) {
  return {draw.pick(forms),
          draw.one_in(2),
          draw.one_in(2),
          draw.one_in(4),
          draw.one_in(4),
          draw.one_in(2)};
}

// A tree, and two ways to write it.
void require_twins(const TemplateNode& root, Prng& draw, const std::string& name) {
  const std::string plain = test::write_template(root, {}, draw);
  const std::string other = test::write_template(root, draw_style(draw), draw);
  EXPECT_THAT(test::diff_of(plain, other), IsEmpty()) << name << "\n" << plain << "\n" << other;
  EXPECT_THAT(test::diff_of(other, plain), IsEmpty()) << name << "\n" << plain << "\n" << other;
  EXPECT_THAT(diff_templates(root, read_template(other).root), IsEmpty()) << name << "\n" << other;
  EXPECT_THAT(read_template(other).problems, IsEmpty()) << name << "\n" << other;
}

TEST(TemplateProperties, AnotherWayToWriteItIsNoChange) {
  for (std::uint64_t seed = 0; seed < 2000 && !HasFailure(); ++seed) {
    Prng draw(seed);
    require_twins(test::invent_template(draw), draw, "seed " + std::to_string(seed));
  }
}

TEST(TemplateProperties, NorIsItForOurOwnTemplates) {
  std::size_t seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(TEMPLATES_DIR)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const Template whole = read_template(text.str());
    for (std::uint64_t seed = 0; seed < 20 && !HasFailure(); ++seed) {
      Prng draw(seed);
      require_twins(whole.root, draw, entry.path().string());
    }
    ++seen;
  }
  EXPECT_GT(seen, 0U);
}

std::size_t values_in(const TemplateNode& node) {
  std::size_t values = node.is_scalar() || node.is_empty() ? 1 : 0;
  for (const TemplateNode& item : node.items) values += values_in(item);
  for (const TemplateNode::Member& member : node.members) values += values_in(member.value);
  return values;
}

TEST(TemplateProperties, WhatIsPutInFrontOfAListIsAllThatChanges) {
  constexpr std::array identities{"Key", "Sid", "Name", "DeviceName", "Id", "ParameterKey"};
  for (std::uint64_t seed = 0; seed < 2000 && !HasFailure(); ++seed) {
    Prng draw(seed);
    const std::string identity = draw.pick(identities);
    TemplateNode list;
    list.kind = TemplateNode::Kind::list;
    const std::size_t count = 2 + draw.below(5);
    for (std::size_t i = 0; i < count; ++i) {
      TemplateNode item = test::map_node(identity, test::text_node("n" + std::to_string(i)));
      item.members.push_back({"With", Position(), test::invent_value(draw, 3)});
      list.items.push_back(std::move(item));
    }
    const TemplateNode head = test::map_node("Resources", test::map_node("L", list));
    const std::size_t added = values_in(list.items.front());
    list.items.erase(list.items.begin());
    const TemplateNode base = test::map_node("Resources", test::map_node("L", list));
    const auto lines = test::diff_of(test::write_template(base, draw_style(draw), draw),
                                     test::write_template(head, draw_style(draw), draw));
    EXPECT_EQ(lines.size(), added) << "seed " << seed << testing::PrintToString(lines);
    for (const std::string& line : lines) {
      EXPECT_THAT(line, testing::StartsWith("added Resources/L[n0]/")) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace patchbot
