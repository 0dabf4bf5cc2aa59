// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/exit.hpp"

namespace patchbot::cli {
namespace {

constexpr std::size_t line_width = 88;
constexpr std::size_t text_column = 6;

std::string joined(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : "|") + word;
  return list;
}

std::string wrapped(std::string_view text) {
  std::string out;
  std::string line(text_column, ' ');
  for (std::string_view word : split(text, ' ')) {
    if (line.size() > text_column && line.size() + 1 + word.size() > line_width) {
      out += line + '\n';
      line.assign(text_column, ' ');
    }
    if (line.size() > text_column) line += ' ';
    line += word;
  }
  return out + line + '\n';
}

std::string positionals(const CLI::App& app) {
  std::string list;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const std::string name = option->get_name(true);
    const std::string_view more = option->get_items_expected_max() > 1 ? "..." : "";
    list += option->get_required() ? fmt::format(" {}{}", name, more)
                                   : fmt::format(" [{}{}]", name, more);
  }
  return list;
}

std::string commands_help(const CLI::App& app) {
  std::string help;
  for (const CLI::App* command : app.get_subcommands({})) {
    help += "  " + command->get_name() + positionals(*command) + '\n' +
            wrapped(command->get_description());
  }
  return help.empty() ? help : "Commands:\n" + help;
}

std::string option_help(const CLI::Option& option) {
  std::string head = "  " + option.get_name(false, true);
  const bool takes_value = option.get_type_size() != 0 && !option.get_type_name().empty();
  if (takes_value) head += " " + option.get_type_name();
  std::string text = option.get_description();
  if (!option.get_default_str().empty()) text += " (default: " + option.get_default_str() + ")";
  return head + '\n' + wrapped(text);
}

}  // namespace

CLI::Option* add_parallel(CLI::App& app, std::uint32_t& value) {
  return app.add_option("--parallel", value, "Ask at most this many accounts and regions at once")
      ->type_name("N")
      ->envname(environment_name("--parallel"))
      ->check(CLI::Range(1U, 64U).description(""))
      ->capture_default_str();
}

std::string environment_name(const std::string& flag) {
  std::string name = "PATCHBOT_";
  for (char c : flag.substr(flag.find("--") + 2)) {
    name += c == '-' ? '_' : (c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return name;
}

CLI::Option* add_text(CLI::App& app,
                      const std::string& flag,
                      std::string& value,
                      const std::string& type,
                      const std::string& description) {
  // An empty value is mostly a shell variable that is not set: it must not switch a check off.
  const auto refuse_empty = [](const std::string& text) {
    return text.empty() ? std::string("must not be empty; leave the option out instead")
                        : std::string();
  };
  return app.add_option(flag, value, description)
      ->check(refuse_empty)
      ->type_name(type)
      ->envname(environment_name(flag))
      ->default_str(value);
}

CLI::Option* add_choice(CLI::App& app,
                        const std::string& flag,
                        std::string& value,
                        const std::vector<std::string>& words,
                        const std::string& description) {
  CLI::IsMember member(words, CLI::ignore_case);
  member.description("");
  return add_text(app, flag, value, joined(words), description)->transform(member);
}

CLI::Option* add_switch(CLI::App& app,
                        const std::string& flag,
                        bool& value,
                        const std::string& description) {
  return app.add_flag(flag, value, description)->envname(environment_name(flag));
}

std::string help_text(const CLI::App& app, std::string_view examples) {
  std::string positional;
  std::string flags;
  for (const CLI::Option* option : app.get_options()) {
    (option->get_positional() ? positional : flags) += option_help(*option);
  }
  const std::string commands = commands_help(app);
  const bool needs_command = app.get_require_subcommand_min() > 0;
  const std::string usage = app.get_name() +
                            (commands.empty() ? ""
                             : needs_command  ? " COMMAND"
                                              : " [COMMAND]") +
                            " [OPTIONS]" + positionals(app);
  return fmt::format(
      "{}\n\nUsage: {}\n\n{}{}\nOptions (each also by its environment variable: --now is\n"
      "PATCHBOT_NOW; flags win over the environment, the environment over files):\n{}\n"
      "Examples:\n{}\n{}",
      app.get_description(),
      usage,
      commands,
      positional,
      flags,
      examples,
      exit_table());
}

}  // namespace patchbot::cli
