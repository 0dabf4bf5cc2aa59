// SPDX-License-Identifier: Apache-2.0
#include "net/json_depth.hpp"

#include <gtest/gtest.h>

#include <string>

#include "services/aws/failure.hpp"
#include "services/aws/flat_json.hpp"
#include "services/aws/json_answer.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

TEST(JsonDepth, CountsBracketsOutsideTextsOnly) {
  EXPECT_FALSE(is_deep_json(std::string(100, '[')));
  EXPECT_TRUE(is_deep_json(std::string(101, '[')));
  EXPECT_TRUE(is_deep_json(R"({"a":)" + std::string(100, '{')));
  EXPECT_FALSE(is_deep_json("[\"" + std::string(200, '[') + "\"]"));
  EXPECT_FALSE(is_deep_json(R"(["\")" + std::string(200, '[') + "\"]"));
  EXPECT_FALSE(is_deep_json("[\"\\"));
}

// Parsing this would take gigabytes of memory.
TEST(JsonDepth, EndsTheAnswerOfAService) {
  const std::string deep = "{\"a\":" + std::string(std::size_t{20} << 20U, '[');

  aws::Reply reply;
  reply.label = "ssm X";
  reply.body = deep;
  EXPECT_EQ(test::fault_of([&] { aws::parse_object(reply); }),
            "remote: ssm X: the answer is nested deeper than any of AWS's");
  EXPECT_EQ(test::fault_of([&] { aws::read_flat_json(deep, "keys"); }),
            "remote: keys: the answer is not the JSON that was expected");
  HttpResponse response;
  response.status = 400;
  response.body = deep;
  EXPECT_TRUE(aws::parse_failure(response).message.starts_with("an answer that is not AWS's: "));
}

}  // namespace
}  // namespace patchbot
