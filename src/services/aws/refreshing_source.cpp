// SPDX-License-Identifier: Apache-2.0
#include "services/aws/refreshing_source.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace patchbot::aws {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds advisory = minutes(15);
constexpr seconds mandatory = minutes(10);
constexpr seconds pause_after_failure{30};

bool is_header_text(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

// A line end at the end of a mounted secret is the usual mishap; in a header it would be worse.
Credentials checked(Credentials credentials) {
  if (is_header_text(credentials.key_id) && is_header_text(credentials.secret.reveal()) &&
      is_header_text(credentials.token.reveal())) {
    return credentials;
  }
  throw Error(Blame::usage,
              "the credentials from " + clean_line(credentials.origin) +
                  " hold a blank, a line end or another character that no key has");
}

bool is_expired(const Credentials& credentials, Time now) {
  return credentials.expires && *credentials.expires <= now;
}

class FixedSource : public CredentialSource {
 public:
  FixedSource(Clock& clock, Credentials credentials)
      : clock_(clock), credentials_(checked(std::move(credentials))) {}

  Credentials get() override {
    if (is_expired(credentials_, clock_.now())) {
      throw Error(Blame::usage,
                  "the credentials from " + clean_line(credentials_.origin) + " have expired at " +
                      to_rfc3339(*credentials_.expires));
    }
    return credentials_;
  }

 private:
  Clock& clock_;
  Credentials credentials_;
};

}  // namespace

CredentialsPtr fixed_source(Clock& clock, Credentials credentials) {
  return std::make_shared<FixedSource>(clock, std::move(credentials));
}

RefreshingSource::RefreshingSource(Clock& clock, Fetch fetch, Expired expired)
    : clock_(clock), fetch_(std::move(fetch)), expired_(expired) {}

Credentials RefreshingSource::get() {
  const Look seen = look();
  if (seen.need == Need::advised) {
    const std::unique_lock lock(fetching_, std::try_to_lock);
    if (lock.owns_lock()) fetch_unless_done(seen.fetches);
  } else if (seen.need == Need::must) {
    const std::unique_lock lock(fetching_);
    fetch_unless_done(seen.fetches);
  }
  return outcome();
}

void RefreshingSource::renew() {
  const std::lock_guard lock(state_);
  renewal_asked_ = true;
  pause_.reset();
}

// Many threads are told so at about the same time; whoever comes late must not throw away what the
// first one has fetched.
void RefreshingSource::refuse(const Credentials& refused) {
  const std::lock_guard lock(state_);
  if (!current_ || *current_ != refused || renewal_asked_) return;
  renewal_asked_ = true;
  pause_.reset();
}

RefreshingSource::Look RefreshingSource::look() {
  const Time now = clock_.now();
  const std::lock_guard lock(state_);
  return {need_at(now), fetches_};
}

RefreshingSource::Need RefreshingSource::need_at(Time now) const {
  if (pause_ && now < *pause_) return Need::none;
  if (!current_ || renewal_asked_) return Need::must;
  if (!current_->expires) return Need::none;
  const seconds life = *current_->expires - fetched_;
  const seconds left = *current_->expires - now;
  if (left <= std::min(mandatory, life / 3)) return Need::must;
  return left <= std::min(advisory, life / 2) ? Need::advised : Need::none;
}

// Called with fetching_ held.
void RefreshingSource::fetch_unless_done(unsigned long fetches) {
  {
    const std::lock_guard lock(state_);
    if (fetches_ != fetches) return;
  }
  std::optional<Credentials> fresh;
  std::exception_ptr failure;
  try {
    fresh = checked(fetch_());
  } catch (const Error&) {
    failure = std::current_exception();
  }

  const Time now = clock_.now();
  const std::lock_guard lock(state_);
  ++fetches_;
  failure_ = failure;
  pause_.reset();
  const bool good = fresh && !is_expired(*fresh, now);
  if (!good) pause_ = now + pause_after_failure;
  if (!fresh) return;
  renewal_asked_ = false;
  fetched_ = now;
  current_ = std::move(fresh);
}

Credentials RefreshingSource::outcome() {
  const Time now = clock_.now();
  const std::lock_guard lock(state_);
  if (current_ && is_usable(now)) return *current_;
  if (failure_) std::rethrow_exception(failure_);
  throw Error(Blame::remote,
              "the credentials from " + clean_line(current_->origin) +
                  " have already expired when they come; is this machine's clock right?");
}

// After renew() a service has refused them, whatever their date says.
bool RefreshingSource::is_usable(Time now) const {
  return expired_ == Expired::use || (!renewal_asked_ && !is_expired(*current_, now));
}

}  // namespace patchbot::aws
