// SPDX-License-Identifier: Apache-2.0
#include "vuln_exports.hpp"

#include <algorithm>
#include <sstream>

#include "vuln_record.hpp"

namespace patchbot::test::fake {
namespace {

constexpr std::chrono::hours kept(24);

// 2, 3, ... and 1 comes last.
std::size_t chunk_at(std::size_t place, std::size_t chunks) { return (place + 1) % chunks + 1; }

}  // namespace

bool VulnExports::answer(Exchange& exchange) {
  if (!world_.is_cloud()) return false;
  if (exchange.is("POST", "vulns/export")) {
    start(exchange);
    return true;
  }
  if (exchange.is("GET", "vulns/export/status")) {
    exchange.say({{"exports", list()}});
    return true;
  }
  const bool is_known = exchange.is("GET", "vulns/export/*/status") ||
                        exchange.is("POST", "vulns/export/*/cancel") ||
                        exchange.is("GET", "vulns/export/*/chunks/*");
  if (!is_known) return false;
  Job* const job = called(exchange.part(2));
  if (job == nullptr) return false;
  answer_job(*job, exchange);
  return true;
}

void VulnExports::start(Exchange& exchange) {
  const json body = exchange.body();
  last_filters_ = body.value("filters", json::object());
  for (const Job& job : jobs_) {
    const std::string status = status_of(job);
    const bool runs = status == "QUEUED" || status == "PROCESSING";
    if (!runs || job.filters != last_filters_ || world_.settings.loses_exports) continue;
    return exchange.say(
        {{"active_job_id", job.uuid}, {"failure_reason", "a similar export is in progress"}}, 409);
  }
  Job job;
  job.uuid = uuid_of("vulns-export", static_cast<long>(jobs_.size()) + 1);
  job.filters = last_filters_;
  job.assets_per_chunk = body.value("num_assets", json(50));
  job.made = world_.now();
  job.chunks = world_.settings.vuln_chunks;
  job.failed = std::min(job.chunks, world_.settings.failed_chunks);
  jobs_.push_back(job);
  exchange.say({{"export_uuid", job.uuid}});
}

void VulnExports::answer_job(Job& job, Exchange& exchange) {
  if (exchange.is("GET", "vulns/export/*/status")) return exchange.say(status_said(job));
  if (exchange.is("GET", "vulns/export/*/chunks/*")) return send(job, exchange);
  const bool is_over = status_of(job) == "FINISHED";
  if (is_over) return exchange.refuse(409, "the export has ended");
  job.is_cancelled = true;
  exchange.say({{"status", "CANCELLED"}});
}

void VulnExports::send(const Job& job, Exchange& exchange) {
  const long chunk = exchange.id(4);
  const json ready = available(job);
  const bool is_there = std::find(ready.begin(), ready.end(), chunk) != ready.end();
  if (!is_there || world_.now() - job.made > kept) return exchange.not_found();
  const std::string text = vuln_records(world_, chunk, job.filters).dump();
  std::size_t size = text.size();
  if (world_.settings.cut_chunks > 0) {
    --world_.settings.cut_chunks;
    size /= 2;
  }
  exchange.send(std::make_shared<std::istringstream>(text),
                size,
                job.uuid + "-" + std::to_string(chunk) + "-vulndoc.json");
}

VulnExports::Job* VulnExports::called(const std::string& uuid) {
  const auto job =
      std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& one) { return one.uuid == uuid; });
  return job == jobs_.end() || world_.settings.loses_exports ? nullptr : &*job;
}

std::string VulnExports::status_of(const Job& job) const {
  if (job.is_cancelled) return "CANCELLED";
  if (world_.now() - job.made < world_.settings.chunk_time) return "QUEUED";
  return chunks_done(job) < job.chunks ? "PROCESSING" : "FINISHED";
}

std::size_t VulnExports::chunks_done(const Job& job) const {
  const long turns = (world_.now() - job.made) / world_.settings.chunk_time - 1;
  return std::min(job.chunks, static_cast<std::size_t>(std::max(0L, turns)));
}

json VulnExports::available(const Job& job) const {
  json chunks = json::array();
  const std::size_t good = std::min(chunks_done(job), job.chunks - job.failed);
  for (std::size_t i = 0; i < good; ++i) chunks.push_back(chunk_at(i, job.chunks));
  return chunks;
}

// The last ones do.
json VulnExports::failed(const Job& job) const {
  json chunks = json::array();
  for (std::size_t i = job.chunks - job.failed; i < chunks_done(job); ++i) {
    chunks.push_back(chunk_at(i, job.chunks));
  }
  return chunks;
}

// Early answers say no more than the word.
json VulnExports::status_said(const Job& job) const {
  const std::string status = status_of(job);
  if (status == "QUEUED") return {{"status", status}};
  return {{"uuid", job.uuid},
          {"status", status},
          {"chunks_available", available(job)},
          {"chunks_failed", failed(job)},
          {"chunks_cancelled", json::array()},
          {"total_chunks", job.chunks},
          {"finished_chunks", chunks_done(job)},
          {"empty_chunks_count", 0}};
}

json VulnExports::list() const {
  json exports = json::array();
  if (world_.settings.loses_exports) return exports;
  for (const Job& job : jobs_) {
    exports.push_back({{"uuid", job.uuid},
                       {"status", status_of(job)},
                       {"total_chunks", job.chunks},
                       {"finished_chunks", chunks_done(job)},
                       {"filters", job.filters.dump()},
                       {"num_assets_per_chunk", job.assets_per_chunk},
                       {"created", world_.epoch(job.made) * 1000}});
  }
  return exports;
}

}  // namespace patchbot::test::fake
