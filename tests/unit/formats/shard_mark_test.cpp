// SPDX-License-Identifier: Apache-2.0
#include "formats/shard_mark.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

const std::string list = "0123456789abcdef0123456789abcdef";

TEST(ShardMark, IsFoundBehindAReport) {
  const Time at = *parse_rfc3339("2026-11-23T06:00:00Z");
  const Shard shard{2, 5, list, 81, true, at};
  EXPECT_EQ(to_shard_mark(shard),
            "<!-- patchbot.shard/1 2 of 5 list " + list +
                " targets 81 complete at 2026-11-23T06:00:00Z -->\n");
  EXPECT_EQ(find_shard_mark("</NessusClientData_v2>" + to_shard_mark(shard)), shard);
  const Shard partial{10000, 10000, list, 0, false};
  EXPECT_EQ(find_shard_mark(to_shard_mark(partial)), partial);
  EXPECT_LT(to_shard_mark(partial).size() + 100, shard_mark_bytes);
}

TEST(ShardMark, TheLastOneCounts) {
  const Shard first{1, 2, list, 1, true};
  const Shard last{2, 2, list, 1, true};
  EXPECT_EQ(find_shard_mark(to_shard_mark(first) + to_shard_mark(last)), last);
}

TEST(ShardMark, WhatMakesNoSenseIsNone) {
  for (const std::string& words :
       {"3 of 2 list " + list + " targets 1 complete at 2026-11-23T06:00:00Z",
        "0 of 2 list " + list + " targets 1 complete at 2026-11-23T06:00:00Z",
        "-1 of 2 list " + list + " targets 1 complete at 2026-11-23T06:00:00Z",
        std::string("1 of 2 list abc targets 1 complete at 2026-11-23T06:00:00Z"),
        "1 of 2 list " + list + " targets 1 whole at 2026-11-23T06:00:00Z",
        "1 of 2 list " + list + " targets x complete at 2026-11-23T06:00:00Z",
        "1 of 2 list " + list + " targets 1 complete at once",
        "1 of 10001 list " + list + " targets 1 complete at 2026-11-23T06:00:00Z",
        "1 of 2 list " + list}) {
    EXPECT_EQ(find_shard_mark("<!-- patchbot.shard/1 " + words + " -->"), std::nullopt) << words;
  }
  EXPECT_EQ(find_shard_mark(""), std::nullopt);
  EXPECT_EQ(find_shard_mark("<!-- patchbot.shard/2 1 of 1 -->"), std::nullopt);
}

}  // namespace
}  // namespace patchbot
