// SPDX-License-Identifier: Apache-2.0
#include "formats/plugin_memo.hpp"

#include <gtest/gtest.h>

#include <array>

namespace patchbot {
namespace {

class PluginMemoTest : public testing::Test {
 protected:
  void learn(const std::string& id) {
    const std::string_view view = text;
    const std::array<NessusField, 1> fields{NessusField{view.substr(1, 3), view.substr(5, 5)}};
    memo.learn(id, view, fields);
  }

  const std::string text = "<cve>CVE-1</cve>";
  PluginMemo memo;
};

TEST_F(PluginMemoTest, KeepsATextOnSecondSight) {
  learn("1");
  EXPECT_EQ(memo.find("1", text), nullptr);
  learn("1");
  EXPECT_NE(memo.find("1", text), nullptr);
}

TEST_F(PluginMemoTest, FindsTheTextAtTheStartOfWhatIsAheadOnly) {
  learn("1");
  learn("1");

  EXPECT_NE(memo.find("1", text + "<plugin_output>"), nullptr);
  EXPECT_EQ(memo.find("1", text.substr(0, 10)), nullptr);
  EXPECT_EQ(memo.find("1", "<cve>CVE-2</cve>"), nullptr);
  EXPECT_EQ(memo.find("2", text), nullptr);
}

TEST_F(PluginMemoTest, OwnsWhatItsFieldsShow) {
  std::string copy = text;
  for (int i = 0; i < 2; ++i) {
    const std::string_view view = copy;
    const std::array<NessusField, 1> fields{NessusField{view.substr(1, 3), view.substr(5, 5)}};
    memo.learn("1", view, fields);
  }
  copy.assign(copy.size(), 'x');

  const PluginMemo::Entry* entry = memo.find("1", text);

  ASSERT_NE(entry, nullptr);
  ASSERT_EQ(entry->fields.size(), 1U);
  EXPECT_EQ(entry->fields[0].name, "cve");
  EXPECT_EQ(entry->fields[0].value, "CVE-1");
}

TEST_F(PluginMemoTest, ForgetsATextThatNoLongerComes) {
  learn("1");
  learn("1");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(memo.find("1", "<cve>CVE-2</cve>"), nullptr);

  learn("1");

  EXPECT_EQ(memo.find("1", text), nullptr);
}

TEST_F(PluginMemoTest, SwitchesItselfOffWherePluginsDoNotRepeat) {
  learn("1");
  learn("1");
  for (int i = 0; i < 3000; ++i) memo.find("other", text);

  EXPECT_EQ(memo.find("1", text), nullptr);
}

}  // namespace
}  // namespace patchbot
