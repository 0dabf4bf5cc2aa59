// SPDX-License-Identifier: Apache-2.0
#include "rules/vex_waivers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "rules/waivers.hpp"

namespace patchbot {

struct VexWaivers::Word {
  std::uint32_t waiver;
  const VexStatement* statement;
  Fit fit;
};

namespace {

Runs runs_on(const VexWaiver& waiver, const Finding& finding) {
  const bool here =
      std::any_of(waiver.runs_on.begin(), waiver.runs_on.end(), [&](const std::string& glob) {
        return matches_glob(glob, finding.asset.id) || matches_glob(glob, finding.asset.name);
      });
  return here ? Runs::here : Runs::unknown;
}

Fit fit_of_subject(const VexDocument& document,
                   const VexStatement& statement,
                   const VexSubject& subject,
                   const Finding& finding,
                   Runs runs) {
  const Fit fit = fit_of(document, subject, finding, runs);
  // That a product is fixed, without a word from which version on, is no news of this one.
  const bool is_known_fix = runs == Runs::here || names_version(document, subject);
  return statement.status == VexStatus::fixed && !is_known_fix ? std::min(fit, Fit::maybe) : fit;
}

// A fix speaks for itself; that something is harmless needs a reason, the document's or ours.
bool is_reasoned(const VexWaiver& waiver, const VexStatement& statement) {
  return statement.status == VexStatus::fixed || !statement.justification.empty() ||
         !statement.impact.empty() || !waiver.reason.empty();
}

std::string reason_of(const VexStatement& statement) {
  std::string text = statement.word;
  if (!statement.justification.empty()) text += " (" + statement.justification + ")";
  if (!statement.impact.empty()) text += ": " + statement.impact;
  return text;
}

}  // namespace

// A word of a day to come could never be taken back: when it was said is unknown.
void VexWaivers::distrust_times_after(Time now) {
  for (VexWaiver& waiver : waivers_) {
    for (VexStatement& statement : waiver.document.statements) {
      if (statement.time > now + std::chrono::days(1)) statement.time.reset();
    }
  }
}

VexWaivers::VexWaivers(std::vector<VexWaiver> waivers) : waivers_(std::move(waivers)) {
  for (std::uint32_t w = 0; w < waivers_.size(); ++w) {
    const auto& statements = waivers_[w].document.statements;
    auto& by_word = subjects_.emplace_back(statements.size());
    for (std::uint32_t s = 0; s < statements.size(); ++s) {
      for (std::uint32_t i = 0; i < statements[s].subjects.size(); ++i) {
        for (std::string& word : match_words(waivers_[w].document, statements[s].subjects[i])) {
          by_word[s][std::move(word)].push_back(i);
        }
      }
      for (const std::string& name : statements[s].vulnerability) {
        by_vulnerability_[to_lower(name)].push_back({w, s});
      }
    }
  }
}

Fit VexWaivers::best_fit(const Mention& mention, const Finding& finding) const {
  const VexWaiver& waiver = waivers_[mention.waiver];
  const VexStatement& statement = waiver.document.statements[mention.statement];
  const Runs runs = runs_on(waiver, finding);
  Fit best = Fit::no;
  const auto look_at = [&](const VexSubject& subject) {
    best = std::max(best, fit_of_subject(waiver.document, statement, subject, finding, runs));
  };
  if (runs == Runs::here) {
    for (const VexSubject& subject : statement.subjects) look_at(subject);
    return best;
  }
  const Subjects& subjects = subjects_[mention.waiver][mention.statement];
  for (const std::string& word : match_words(finding)) {
    const auto found = subjects.find(word);
    if (found == subjects.end()) continue;
    for (const std::uint32_t index : found->second) look_at(statement.subjects[index]);
  }
  return best;
}

std::vector<VexWaivers::Word> VexWaivers::words_on(const std::string& vulnerability,
                                                   const Finding& finding) const {
  std::vector<Word> words;
  const auto found = by_vulnerability_.find(to_lower(vulnerability));
  if (found == by_vulnerability_.end()) return words;
  for (const Mention& mention : found->second) {
    const VexWaiver& waiver = waivers_[mention.waiver];
    const VexStatement& statement = waiver.document.statements[mention.statement];
    if (!check_waiver(waiver.match, finding)) continue;
    const Fit fit = best_fit(mention, finding);
    if (fit != Fit::no) words.push_back({mention.waiver, &statement, fit});
  }
  return words;
}

// The reason of the latest harmless word of this waiver, unless a word of any waiver takes it back.
std::optional<std::string> VexWaivers::reason_in(std::size_t waiver,
                                                 const std::vector<Word>& words) const {
  const Word* latest = nullptr;
  for (const Word& word : words) {
    const bool counts = word.waiver == waiver && word.fit == Fit::yes &&
                        is_harmless(word.statement->status) &&
                        is_reasoned(waivers_[waiver], *word.statement);
    if (counts && (latest == nullptr || word.statement->time > latest->statement->time)) {
      latest = &word;
    }
  }
  if (latest == nullptr) return {};
  const bool taken_back = std::any_of(words.begin(), words.end(), [latest](const Word& word) {
    const auto& time = word.statement->time;  // unknown: may be later
    return !is_harmless(word.statement->status) && (!time || time >= latest->statement->time);
  });
  return taken_back ? std::optional<std::string>() : reason_of(*latest->statement);
}

std::vector<VexWaivers::Cover> VexWaivers::covering(const Finding& finding) const {
  std::vector<std::vector<Word>> words;
  for (const std::string& id : ids_to_cover(finding)) {
    words.push_back(words_on(id, finding));
    if (words.back().empty()) return {};
  }
  std::vector<Cover> covers;
  if (words.empty()) return covers;
  for (std::size_t w = 0; w < waivers_.size(); ++w) {
    std::vector<std::string> reasons;
    std::size_t covered = 0;
    for (const auto& words_on_one : words) {
      const auto reason = reason_in(w, words_on_one);
      if (!reason) break;
      ++covered;
      if (std::find(reasons.begin(), reasons.end(), *reason) == reasons.end()) {
        reasons.push_back(*reason);
      }
    }
    if (covered != words.size()) continue;
    std::string text = waivers_[w].reason;
    for (std::size_t i = 0; i < reasons.size(); ++i) {
      if (!text.empty()) text += i == 0 ? ": " : "; ";
      text += reasons[i];
    }
    covers.push_back({w, std::move(text)});
  }
  return covers;
}

VexWaivers::Shortfall VexWaivers::shortfall(std::size_t index) const {
  const VexWaiver& waiver = waivers_[index];
  const VexDocument& document = waiver.document;
  const Runs runs = waiver.runs_on.empty() ? Runs::unknown : Runs::here;
  Shortfall shortfall;
  for (const VexStatement& statement : document.statements) {
    if (!is_harmless(statement.status)) continue;
    ++shortfall.harmless;
    if (!is_reasoned(waiver, statement)) ++shortfall.unreasoned;
    const auto can_fit = [&](const VexSubject& subject) {
      return is_recognisable(document, subject, runs);
    };
    if (std::any_of(statement.subjects.begin(), statement.subjects.end(), can_fit)) continue;
    ++shortfall.unrecognised;
    if (shortfall.example.empty() && !statement.subjects.empty()) {
      shortfall.example = document.products[statement.subjects.front().product].text;
    }
  }
  return shortfall;
}

std::vector<std::string> to_texts(const VexWaivers::Shortfall& shortfall) {
  std::vector<std::string> lines;
  const auto of_all = [&shortfall](std::uint64_t count) {
    return fmt::format(
        "{} of {} statements that could waive something ", count, shortfall.harmless);
  };
  if (shortfall.harmless == 0)
    lines.emplace_back("the document waives nothing; it can only take back what another one says");
  if (shortfall.unreasoned > 0) {
    lines.push_back(of_all(shortfall.unreasoned) + "give no reason; give one with reason:");
  }
  if (shortfall.unrecognised > 0) {
    const std::string example =
        shortfall.example.empty() ? "" : fmt::format(" (such as '{}')", shortfall.example);
    lines.push_back(of_all(shortfall.unrecognised) + "name no package or image that a finding has" +
                    example + "; say with runs_on: on which assets the product runs");
  }
  return lines;
}

std::vector<std::string> ids_to_cover(const Finding& finding) {
  std::vector<std::string> cves;
  for (const std::string& id : finding.vuln_ids) {
    if (starts_with_nocase(id, "CVE-")) cves.push_back(id);
  }
  return cves.empty() ? finding.vuln_ids : cves;
}

}  // namespace patchbot
