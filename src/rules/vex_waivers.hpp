// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "model/finding.hpp"
#include "model/waiver.hpp"
#include "rules/vex_match.hpp"

namespace patchbot {

/// VEX documents as waivers. A document covers a finding if, of each of its CVEs, the latest word
/// on what the finding is about is that it does no harm. A later word of any document, also of one
/// whose waiver has expired, takes that back; so does one of the same second.
class VexWaivers {
 public:
  VexWaivers() = default;
  explicit VexWaivers(std::vector<VexWaiver> waivers);

  const std::vector<VexWaiver>& all() const { return waivers_; }

  /// Forgets the times of statements that claim to be of more than a day after `now`.
  void distrust_times_after(Time now);

  /// Where the finding is covered, and by which words.
  struct Cover {
    std::size_t waiver;  ///< index into all()
    std::string reason;
  };

  /// Every waiver that covers the finding, whether it has expired or not.
  std::vector<Cover> covering(const Finding& finding) const;

  /// What keeps a document from waiving all that it says.
  struct Shortfall {
    std::uint64_t harmless = 0;      ///< statements that could waive something
    std::uint64_t unreasoned = 0;    ///< of these, without any reason why
    std::uint64_t unrecognised = 0;  ///< of these, about nothing that findings name
    std::string example;             ///< one of these products
  };
  Shortfall shortfall(std::size_t index) const;

 private:
  struct Mention {
    std::uint32_t waiver;
    std::uint32_t statement;
  };
  struct Word;  // what one statement says of a finding
  using Subjects = std::unordered_map<std::string, std::vector<std::uint32_t>>;

  Fit best_fit(const Mention& mention, const Finding& finding) const;

  std::vector<Word> words_on(const std::string& vulnerability, const Finding& finding) const;
  std::optional<std::string> reason_in(std::size_t waiver, const std::vector<Word>& words) const;

  std::vector<VexWaiver> waivers_;
  std::vector<std::vector<Subjects>> subjects_;  // of each statement, by match_words
  std::unordered_map<std::string, std::vector<Mention>> by_vulnerability_;  // in lower case
};

/// The same for people, one line for each kind.
std::vector<std::string> to_texts(const VexWaivers::Shortfall& shortfall);

/// The ids of which every one has to be covered: its CVEs, else whatever names the vulnerability.
/// Other ids beside a CVE, such as GHSA or DSA, name the same weakness.
std::vector<std::string> ids_to_cover(const Finding& finding);

}  // namespace patchbot
