// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "formats/finding_json.hpp"
#include "formats/finding_writer.hpp"
#include "formats/sarif_rules.hpp"

namespace patchbot {

/// Weaknesses as SARIF 2.1.0 (OASIS, errata 01), such that GitHub's code scanning takes the file:
/// what is repaired and checks that passed are left out, since readers take every result for a
/// weakness. Memory: the rules of one run, at most `results` of them.
class SarifWriter final : public FindingWriter {
 public:
  /// GitHub's limits.
  struct Limits {
    std::size_t results = 25000;  ///< of one run
    std::size_t runs = 20;
  };
  /// GitHub takes 10 MB after gzip, and findings shrink to about a tenth.
  static constexpr std::uint64_t big_file = 100'000'000;

  SarifWriter(std::string version, Evidence evidence) : SarifWriter(version, evidence, Limits()) {}
  SarifWriter(std::string version, Evidence evidence, Limits limits)
      : version_(std::move(version)), evidence_(evidence), limits_(limits) {}

  void begin(std::string& out) override;
  void add(std::string& out, const Finding& finding) override;
  void end(std::string& out, const std::vector<std::string>& problems) override;
  WriterNotes notes() const override;

 private:
  void open_run(std::string& out);
  void close_run(std::string& out);

  std::string version_;
  Evidence evidence_;
  Limits limits_;
  SarifRules rules_;
  std::size_t runs_ = 0;
  std::size_t results_ = 0;  ///< of the current run
  std::uint64_t bytes_ = 0;
  std::uint64_t left_out_ = 0;
  std::uint64_t too_many_ = 0;
};

}  // namespace patchbot
