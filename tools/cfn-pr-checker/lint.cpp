// SPDX-License-Identifier: Apache-2.0
#include "lint.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <vector>

#include "base/atomic_file.hpp"
#include "base/interruption.hpp"
#include "base/process.hpp"
#include "base/temporary_folder.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/lint_json.hpp"
#include "lint_copy.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

using FindingsByFile = std::map<std::string, std::vector<LintFinding>>;

constexpr ProcessLimits limits{std::chrono::minutes(5), std::size_t{16} * 1024 * 1024, 4096};

/// A template that changes, and what its copies are called.
struct Changed {
  ReviewedFile* file;
  const TemplateFile* after;
  std::string base_copy;  ///< empty: there was none, or none that could be read
  std::string head_copy;
};

[[noreturn]] void refuse(const LintTool& tool, const std::string& why) {
  throw Error(Blame::usage, "--lint " + tool.name + ": " + why);
}

std::vector<std::string> command_of(const LintTool& tool, const std::vector<std::string>& copies) {
  if (tool.name == "cfn-guard") {
    return {"cfn-guard",
            "validate",
            "--rules",
            tool.rules,
            "--data",
            ".",
            "--structured",
            "--output-format",
            "json",
            "--show-summary",
            "none"};
  }
  // E3043 would read other files, where a template names them for nested stacks.
  std::vector<std::string> command{"cfn-lint",
                                   "--ignore-checks",
                                   "E3043",
                                   "--format",
                                   "json",
                                   "--non-zero-exit-code",
                                   "none",
                                   "--"};
  command.insert(command.end(), copies.begin(), copies.end());
  return command;
}

// HOME and the working directory are where cfn-lint looks for settings. Tokens of whoever runs us
// are no business of a linter's.
std::vector<std::string> environment_of(const std::string& folder, const Environment& environment) {
  std::vector<std::string> own{
      "PATH=" + environment("PATH"), "HOME=" + folder, "LANG=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1"};
  const std::string home = environment("HOME");
  if (!home.empty()) own.push_back("PYTHONUSERBASE=" + home + "/.local");  // pip install --user
  return own;
}

// cfn-guard says with 19 that a clause is not met; cfn-lint was told to say 0.
bool has_worked(const LintTool& tool, int exit_code) {
  return exit_code == 0 || (exit_code == 19 && tool.name == "cfn-guard");
}

std::vector<LintFinding> parse_output(const LintTool& tool, const ProcessResult& result) {
  try {
    return tool.name == "cfn-lint" ? parse_cfn_lint(result.output) : parse_cfn_guard(result.output);
  } catch (const Error& error) {
    refuse(tool, error.what());
  }
}

ProcessResult run(const LintTool& tool,
                  const std::vector<std::string>& copies,
                  const std::string& folder,
                  const Environment& environment) {
  try {
    return run_program(command_of(tool, copies),
                       limits,
                       {folder, environment_of(folder, environment), {}, ProcessPlace::Group::own});
  } catch (const Error& error) {
    refuse(tool, std::string(error.what()) + "; is it installed, and does it work on its own?");
  }
}

FindingsByFile ask(const LintTool& tool,
                   const std::vector<std::string>& copies,
                   const std::string& folder,
                   const Environment& environment) {
  const ProcessResult result = run(tool, copies, folder, environment);
  if (!has_worked(tool, result.exit_code)) {
    refuse(tool,
           "ended with status " + std::to_string(result.exit_code) + ": " +
               std::string(cut_utf8(clean_line(result.errors), 500)));
  }
  FindingsByFile findings;
  for (LintFinding& one : parse_output(tool, result)) {
    const std::string name = fs::path(one.file).filename().string();
    if (std::find(copies.begin(), copies.end(), name) == copies.end()) {
      refuse(tool, "speaks of a file that it was not given: " + name);
    }
    findings[name].push_back(std::move(one));
  }
  return findings;
}

/// Writes copies under names of our own: those of a pull request may be anything.
class Copies {
 public:
  explicit Copies(fs::path folder) : folder_(std::move(folder)) {}

  std::vector<std::string> names;

  /// The name of the copy; empty if there can be none.
  std::string add(const TemplateFile& file, const std::string& prefix) {
    const auto copy = without_lint_settings(file.bytes);
    if (!copy) return {};
    const bool is_json = trim(*copy).starts_with('{');
    names.push_back(prefix + std::to_string(names.size()) + (is_json ? ".json" : ".yaml"));
    write_file(folder_ / names.back(), *copy);
    return names.back();
  }

 private:
  fs::path folder_;
};

// "/Resources/Web/Properties/Tags/0", as far as the template has it.
Position place_in(const TemplateNode& root, std::string_view path) {
  const TemplateNode* node = &root;
  for (const std::string_view step : split(path, '/')) {
    if (step.empty()) continue;
    const auto index = parse_integer(step);
    const TemplateNode* next = node->find(step);
    if (next == nullptr && index && *index >= 0 &&
        static_cast<std::size_t>(*index) < node->items.size()) {
      next = &node->items[static_cast<std::size_t>(*index)];
    }
    if (next == nullptr) break;
    node = next;
  }
  return node->place;
}

std::string message_of(const LintFinding& finding) {
  return finding.rule + " " + finding.message + (finding.path.empty() ? "" : " at " + finding.path);
}

void add_hits(const LintTool& tool, const Changed& one, FindingsByFile& found) {
  std::multiset<std::string> known;
  for (const LintFinding& finding : found[one.base_copy]) known.insert(message_of(finding));
  for (const LintFinding& finding : found[one.head_copy]) {
    std::string message = message_of(finding);
    const auto before = known.find(message);
    const bool is_known = before != known.end();
    if (is_known) known.erase(before);
    const bool has_place = finding.place.line > 1;
    one.file->hits.push_back(
        {tool.name == "cfn-lint" ? "cfn-lint" : "cfn-guard",
         is_known ? GateLevel::note : finding.level,
         message + (is_known ? " (as before)" : ""),
         has_place ? finding.place : place_in(one.after->read->root, finding.path)});
  }
}

std::vector<Changed> changed_templates(PullRequest& request,
                                       const TemplateFiles& base,
                                       const TemplateFiles& head,
                                       Copies& copies) {
  std::map<std::string, ReviewedFile*> reviewed;
  for (ReviewedFile& file : request.files) reviewed.emplace(file.path, &file);
  std::vector<Changed> changed;
  for (const auto& [name, after] : head) {
    const auto file = reviewed.find(name);
    if (file == reviewed.end() || !after.read || !is_template(after.read->root)) continue;
    const auto before = base.find(name);
    const bool had_one = before != base.end() && before->second.read.has_value();
    if (had_one && before->second.bytes == after.bytes) continue;
    Changed& one = changed.emplace_back(Changed{file->second, &after, "", ""});
    one.head_copy = copies.add(after, "head");
    if (had_one && !one.head_copy.empty()) one.base_copy = copies.add(before->second, "base");
  }
  return changed;
}

}  // namespace

LintTool LintTool::parse(const std::string& text) {
  const auto equals = text.find('=');
  LintTool tool{text.substr(0, equals), {}};
  const bool has_rules = equals != std::string::npos && equals + 1 < text.size();
  if (tool.name == "cfn-lint" && equals == std::string::npos) return tool;
  if (tool.name != "cfn-guard" || !has_rules) {
    throw Error(Blame::usage,
                "--lint " + clean_line(text) +
                    ": expected cfn-lint, or cfn-guard=RULES with a "
                    "file or folder of rules");
  }
  std::error_code error;
  const fs::path rules = fs::absolute(text.substr(equals + 1), error);
  if (error || !fs::exists(rules, error)) {
    throw Error(Blame::usage, "--lint " + clean_line(text) + ": there are no such rules");
  }
  tool.rules = rules.string();
  return tool;
}

void add_lint(PullRequest& request,
              const TemplateFiles& base,
              const TemplateFiles& head,
              const LintTool& tool,
              const Environment& environment) {
  const Interruption interruption;  // or the folder and the tool would outlive us
  const TemporaryFolder folder;
  Copies copies(folder.path());
  const std::vector<Changed> changed = changed_templates(request, base, head, copies);
  FindingsByFile found;
  if (!copies.names.empty()) {
    found = ask(tool, copies.names, folder.path().string(), environment);
  }
  for (const Changed& one : changed) {
    if (!one.head_copy.empty()) {
      add_hits(tool, one, found);
      continue;
    }
    one.file->hits.push_back(
        {tool.name == "cfn-lint" ? "cfn-lint" : "cfn-guard",
         GateLevel::fail,
         "is not checked: it is not UTF-8, or hides settings of cfn-lint behind escapes",
         Position()});
  }
}

}  // namespace patchbot
