// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/blob_id.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

const std::string sha1 = "ce013625030ba8dba906f756967f9e9ca394464a";
const std::string sha256 = "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4";

TEST(BlobId, OfTheseBytes) {
  for (const std::string& id : {sha1, sha256}) {
    EXPECT_TRUE(may_be_blob_id(id));
    EXPECT_TRUE(is_blob_id(id, "hello\n"));
    EXPECT_FALSE(is_other_blob(id, "hello\n"));
    EXPECT_FALSE(is_blob_id(id, "hello"));
    EXPECT_TRUE(is_other_blob(id, "hello"));
  }
}

TEST(BlobId, WhatIsNone) {
  for (const char* id : {"", "b10b", "CE013625030BA8DBA906F756967F9E9CA394464A"}) {
    EXPECT_FALSE(may_be_blob_id(id));
    EXPECT_FALSE(is_blob_id(id, "hello\n"));
    EXPECT_FALSE(is_other_blob(id, "hello\n"));
  }
}

}  // namespace
}  // namespace patchbot
