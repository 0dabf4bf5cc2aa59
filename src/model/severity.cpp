// SPDX-License-Identifier: Apache-2.0
#include "model/severity.hpp"

#include "base/text.hpp"

namespace patchbot {
namespace {

struct Word {
  std::string_view text;
  Severity severity;
};

constexpr std::array<Word, 12> words{{{"unknown", Severity::unknown},
                                      {"info", Severity::info},
                                      {"low", Severity::low},
                                      {"medium", Severity::medium},
                                      {"high", Severity::high},
                                      {"critical", Severity::critical},
                                      {"none", Severity::info},
                                      {"informational", Severity::info},
                                      {"moderate", Severity::medium},
                                      {"important", Severity::high},
                                      {"negligible", Severity::info},
                                      {"log", Severity::info}}};

}  // namespace

std::string_view to_text(Severity severity) {
  return words[static_cast<std::size_t>(severity)].text;
}

std::optional<Severity> parse_severity(std::string_view word) {
  word = trim(word);
  for (const Word& known : words) {
    if (equals_nocase(known.text, word)) return known.severity;
  }
  return {};
}

Severity severity_of_score(double score) {
  if (score >= 9.0) return Severity::critical;
  if (score >= 7.0) return Severity::high;
  if (score >= 4.0) return Severity::medium;
  return score > 0.0 ? Severity::low : Severity::info;
}

}  // namespace patchbot
