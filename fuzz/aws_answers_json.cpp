// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "net/recording.hpp"
#include "services/aws/inspector.hpp"
#include "services/aws/organizations.hpp"
#include "services/aws/ssm.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

constexpr std::string_view between = "\n---\n";

/// Answers with the pages of the input, one after the other, then with an empty one.
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

class Answers {
 public:
  explicit Answers(std::string_view text)
      : clock_(still_clock(Time())),
        pages_(text),
        session_(pages_, *clock_, [](const std::string&) { return std::string(); }),
        client_(session_, nullptr, "eu-west-1", "111122223333") {}

  aws::Client& client() { return client_; }

 private:
  std::unique_ptr<Clock> clock_;
  Pages pages_;
  aws::Session session_;
  aws::Client client_;
};

}  // namespace

int fuzz_aws_answers_json(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] {
    for (const auto& [id, ping] : aws::ssm_pings(Answers(text).client())) {
      require_clean(id, "an id");
      require_clean(ping, "a ping status");
    }
  });
  parses([&] { aws::inspects_instances(Answers(text).client()); });
  parses([&] {
    for (const auto& [id, coverage] : aws::inspector_coverage(Answers(text).client())) {
      require_clean(id, "an id");
      require_clean(coverage.packages, "the state of a scan");
    }
  });
  parses([&] {
    for (const std::string& id : aws::reachable_instances(Answers(text).client())) {
      require_clean(id, "an id");
    }
  });
  parses([&] {
    for (const auto& account : aws::list_accounts(Answers(text).client())) {
      require_clean(account.id + account.name + account.state, "an account");
    }
  });
  return 0;
}

}  // namespace patchbot::fuzz
