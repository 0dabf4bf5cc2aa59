// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "prng.hpp"

namespace patchbot::differential {

/// One document in two spellings. `plain` has no processing instructions, which tinyxml2 takes for
/// misplaced declarations; otherwise they are the same.
struct Spelling {
  std::string text;
  std::string plain;

  Spelling& add(std::string_view both);
  Spelling& add(const Spelling& part);
};

/// Makes valid .nessus documents with every oddity that XML allows and the format has shown.
class DocumentMaker {
 public:
  /// `long_text`: how long the rare long texts are.
  DocumentMaker(std::uint64_t seed, std::size_t long_text);

  Spelling make();

 private:
  struct Plugin {
    std::string id;
    std::string name;
    Spelling own_text;
  };

  Spelling policy();
  Spelling host();
  Spelling properties();
  Spelling item();
  Spelling own_text();
  Spelling field();
  Spelling unknown_child(int depth);
  Spelling leaf(std::string_view name);
  Spelling leaf(std::string_view name, const Spelling& content);
  Spelling start(std::string_view name, std::vector<std::pair<std::string, std::string>> values);
  Spelling content();
  Spelling piece();
  Spelling between();
  Spelling instruction();
  std::string attribute_value(char quote);
  std::string comment();
  std::string words(std::size_t count);
  std::string end(std::string_view name);

  Prng random_;
  std::size_t long_text_;
  std::vector<Plugin> plugins_;
};

}  // namespace patchbot::differential
