// SPDX-License-Identifier: Apache-2.0
// The steps of reading one report, apart: reader-benchmark REPORT [--benchmark_... options]
#include <benchmark/benchmark.h>

#include <cstddef>
#include <iostream>
#include <string>

#include "base/byte_set.hpp"
#include "base/byte_source.hpp"
#include "base/error.hpp"
#include "formats/nessus_xml.hpp"
#include "formats/xml_scanner.hpp"

namespace {

using namespace patchbot;

constexpr std::size_t max_report = std::size_t{1} << 31U;

std::string report;  // NOLINT: the benchmark library calls plain functions

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(report.size()) * state.iterations());
}

void find_stops(benchmark::State& state) {
  constexpr ByteSet stops = ByteSet("<&]", ByteSet::NonAscii::stop).with_forbidden_controls();
  const char* const end = report.data() + report.size();
  for ([[maybe_unused]] auto round : state) {
    std::size_t found = 0;
    for (const char* p = report.data(); (p = find_first_in(stops, p, end)) != end; ++p) ++found;
    benchmark::DoNotOptimize(found);
  }
  count_bytes(state);
}

void scan_tokens(benchmark::State& state) {
  for ([[maybe_unused]] auto round : state) {
    const auto source = memory_source(report);
    InputBuffer buffer(*source);
    XmlScanner scanner(buffer);
    for (auto token = XmlScanner::Token::more; token != XmlScanner::Token::finish;) {
      const XmlScanner::Mark mark = scanner.mark();
      token = scanner.next();
      if (token == XmlScanner::Token::more) scanner.rewind(mark, buffer.refill(mark.place));
    }
  }
  count_bytes(state);
}

enum class Depth { brief, whole };

void read_report(benchmark::State& state, bool memo, Depth depth) {
  NessusXml::Tuning tuning;
  tuning.memo = memo;
  for ([[maybe_unused]] auto round : state) {
    const auto source = memory_source(report);
    NessusXml reader(*source, {}, tuning);
    Finding finding;
    for (auto event = reader.next(); event != Report::Event::end; event = reader.next()) {
      if (event != Report::Event::finding) continue;
      benchmark::DoNotOptimize(reader.brief());
      if (depth == Depth::whole) reader.fill(finding);
    }
  }
  count_bytes(state);
}

BENCHMARK(find_stops)->Unit(benchmark::kMillisecond);
BENCHMARK(scan_tokens)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_report, brief_without_memo, false, Depth::brief)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_report, brief_with_memo, true, Depth::brief)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_report, whole_without_memo, false, Depth::whole)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_report, whole_with_memo, true, Depth::whole)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::cerr << "usage: reader-benchmark REPORT [--benchmark_filter=...]\n";
    return 2;
  }
  try {
    report = read_all(*open_file(argv[1]), max_report);
  } catch (const Error& error) {
    std::cerr << error.in(argv[1]).what() << '\n';
    return 3;
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
