// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "net/recording.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

TEST(RecordingPlace, WithABodyThatCannotBeLookedAtIsBroken) {
  const test::TempDir folder;
  folder.write("recording.json",
               R"({"schema":"patchbot.recording/1","recorded_at":"2026-11-23T06:00:00Z"})");
  folder.write("a.1.json", R"({"request":{"method":"GET"},"response":{"status":200}})");
  std::filesystem::create_symlink("a.1.body", folder.file("a.1.body"));

  EXPECT_EQ(test::fault_of([&] { const Replay replay(folder.path()); }),
            "usage: " + folder.file("a.1.body") + ": the body of this answer is missing");
}

}  // namespace
}  // namespace patchbot
