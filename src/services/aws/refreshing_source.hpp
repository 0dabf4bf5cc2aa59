// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <functional>
#include <mutex>
#include <optional>

#include "base/clock.hpp"
#include "services/aws/credentials.hpp"

namespace patchbot::aws {

/// Credentials that never change. get() throws Error(usage) once they have expired.
CredentialsPtr fixed_source(Clock& clock, Credentials credentials);

/// Keeps what `fetch` gave, and asks it again before that expires: in the last 15 minutes one
/// caller does so while the others go on, in the last 10 all wait for it. Of a shorter life it is
/// the last half and third. A failed fetch does no harm as long as the old ones are valid; the next
/// one is then half a minute away, lest every request waits for a source that is down.
class RefreshingSource : public CredentialSource {
 public:
  using Fetch = std::function<Credentials()>;

  /// What to do with expired credentials when there are no new ones. Those of an instance stay
  /// valid for services when its metadata service is down ("static stability").
  enum class Expired : bool { refuse, use };

  RefreshingSource(Clock& clock, Fetch fetch, Expired expired = Expired::refuse);

  Credentials get() override;
  void renew() override;
  void refuse(const Credentials& refused) override;

 private:
  enum class Need : unsigned char { none, advised, must };
  struct Look {
    Need need;
    unsigned long fetches;  // so far: whoever waits for another caller's fetch need not do its own
  };

  Look look();
  void fetch_unless_done(unsigned long fetches);
  Credentials outcome();
  Need need_at(Time now) const;
  bool is_usable(Time now) const;

  Clock& clock_;
  Fetch fetch_;
  Expired expired_;

  std::mutex fetching_;  // held while asking, and taken before state_
  std::mutex state_;
  std::optional<Credentials> current_;
  Time fetched_{};
  std::optional<Time> pause_;   // no fetch before then
  std::exception_ptr failure_;  // of the last fetch
  unsigned long fetches_ = 0;
  bool renewal_asked_ = false;
};

}  // namespace patchbot::aws
