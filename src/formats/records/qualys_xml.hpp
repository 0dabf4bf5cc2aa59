// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/records/qualys_fields.hpp"
#include "formats/records/record_report.hpp"

// What Qualys' XML reports have in common.

namespace patchbot {

/// Title, texts, references and exploits, which stand in the glossary or in the finding itself.
void fill_qualys_texts(const Node& details, Finding& finding);

/// By its level; what is no weakness at all is information, whatever its level.
void rate_qualys(const Node& level, QualysCertainty certainty, Finding& finding);

/// What is the same for both kinds of report: what hosts show from one record to the next.
class QualysXmlReader : public RecordReader {
 public:
  ScannedHost end_document(const Context&, ScanFacts& facts) override {
    facts.problems.insert(facts.problems.end(), problems_.begin(), problems_.end());
    facts.targets.insert(facts.targets.end(), targets_.begin(), targets_.end());
    return {};
  }

 protected:
  void take_error(const Node& error) {
    const std::string number = error["@number"].line(64);
    problems_.push_back("Qualys tells of an error" + (number.empty() ? "" : " " + number) + ": " +
                        error.line(500));
  }

  void note_login(std::string_view title) {
    if (const auto login = qualys_login(title)) login_ = login_.value_or(false) || *login;
  }

  void note_time(std::optional<Time> time) {
    if (time) latest_ = std::max(latest_.value_or(*time), *time);
  }

  void begin_host() {
    login_.reset();
    latest_.reset();
  }

  std::optional<bool> login_;   ///< on the present host
  std::optional<Time> latest_;  ///< when anything on it was seen last
  std::vector<std::string> problems_;
  std::vector<std::string> targets_;
};

}  // namespace patchbot
