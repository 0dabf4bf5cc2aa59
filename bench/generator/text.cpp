// SPDX-License-Identifier: Apache-2.0
#include "text.hpp"

#include "words.hpp"

namespace patchbot::bench {
namespace {

constexpr std::size_t pool_bytes = 2'000'000;

void add_aside(std::string& out, Prng& prng) {
  switch (prng.below(17)) {
    case 0: out += join({" (", version(prng), " &lt; ", version(prng), ")"}); break;
    case 1: out += join({" &amp; ", prng.pick(words::products)}); break;
    case 2: out += join({" &quot;", prng.pick(words::nouns), "&quot;"}); break;
    case 3: out += join({" -&gt; ", version(prng)}); break;
    case 4: out += prng.chance(30) ? " it isn&apos;t limited" : " it is not limited"; break;
    case 5:
      if (prng.chance(40)) out += join({" ", prng.pick(words::foreign)});
      break;
    default: break;
  }
}

void add_output_line(std::string& out, Prng& prng) {
  switch (prng.below(5)) {
    case 0: out += join({"  Path              : ", prng.pick(words::paths)}); break;
    case 1: out += "  Installed version : "; break;
    case 2: out += "  Fixed version     : "; break;
    case 3: out += join({"  - ", prng.pick(words::products), " "}); break;
    default: add_sentence(out, prng); break;
  }
  out += join({version(prng), "-", hex(prng, 6)});
  if (prng.chance(4)) out += join({" (&lt;", version(prng), "&gt;)"});
  out += prng.chance(5) ? "&#xd;\n" : "\n";
}

}  // namespace

void add_sentence(std::string& out, Prng& prng) {
  const std::size_t start = out.size();
  out += join({prng.pick(words::subjects), " ", prng.pick(words::verbs), " "});
  out += prng.pick(words::objects);
  add_aside(out, prng);
  out += join({" ", prng.pick(words::endings), ". "});
  out[start] = static_cast<char>(out[start] - 'a' + 'A');
}

void add_text(std::string& out, Prng& prng, std::size_t bytes) {
  const std::size_t end = out.size() + bytes / 2 + prng.below(bytes);
  do {
    add_sentence(out, prng);
    if (prng.chance(20)) out.back() = '\n';
  } while (out.size() < end);
  out.pop_back();
}

void add_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">").append(text);
  out.append("</").append(name).append(">\n");
}

std::string join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

std::string number(std::size_t value, std::size_t digits) {
  std::string text = std::to_string(value);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

std::string hex(Prng& prng, std::size_t digits) {
  std::string text;
  while (text.size() < digits) text += "0123456789abcdef"[prng.below(16)];
  return text;
}

std::string version(Prng& prng) {
  return join({number(prng.below(20)), ".", number(prng.below(40)), ".", number(prng.below(100))});
}

std::string day(Prng& prng) {
  return join({number(prng.between(2012, 2026)),
               "/",
               number(prng.between(1, 12), 2),
               "/",
               number(prng.between(1, 28), 2)});
}

std::string tenths(std::size_t value) {
  return join({number(value / 10), ".", number(value % 10)});
}

OutputPool::OutputPool(Prng prng) {
  while (text_.size() < pool_bytes) {
    line_starts_.push_back(text_.size());
    add_output_line(text_, prng);
  }
}

void OutputPool::add_lines(std::string& out, Prng& prng, std::size_t bytes) const {
  std::size_t first = prng.below(line_starts_.size());
  if (line_starts_[first] + bytes >= text_.size()) first = 0;
  const std::size_t end = text_.find('\n', line_starts_[first] + bytes);
  out.append(text_, line_starts_[first], end - line_starts_[first]);
}

}  // namespace patchbot::bench
