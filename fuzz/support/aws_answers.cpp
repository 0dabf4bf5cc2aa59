// SPDX-License-Identifier: Apache-2.0
#include "support/aws_answers.hpp"

#include "net/recording.hpp"

namespace patchbot::fuzz {
namespace {

constexpr std::string_view between = "\n---\n";

class Pages : public Transport {
 public:
  explicit Pages(std::string_view text) : text_(text) {}

  HttpResponse exchange(const HttpRequest&) override {
    HttpResponse response;
    response.status = 200;
    const auto stop = text_.find(between);
    response.body = text_.empty() ? "{}" : text_.substr(0, stop);
    text_.remove_prefix(stop == std::string_view::npos ? text_.size() : stop + between.size());
    return response;
  }

 private:
  std::string_view text_;
};

}  // namespace

AwsAnswers::AwsAnswers(std::string_view text)
    : clock_(still_clock(Time())),
      pages_(std::make_unique<Pages>(text)),
      session_(*pages_, *clock_, [](const std::string&) { return std::string(); }),
      client_(session_, nullptr, "eu-west-1", "111122223333") {}

}  // namespace patchbot::fuzz
