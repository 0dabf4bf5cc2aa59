// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "exchange.hpp"
#include "world.hpp"

namespace patchbot::test::fake {

/// Bulk exports of the cloud: chunks become ready one after another, and not in their order.
class VulnExports {
 public:
  explicit VulnExports(World& world) : world_(world) {}

  bool answer(Exchange& exchange);
  std::size_t made() const { return jobs_.size(); }
  std::string last_filters() const { return last_filters_.dump(); }

 private:
  struct Job {
    std::string uuid;
    json filters;
    json assets_per_chunk;
    milliseconds made{};
    std::size_t chunks = 0;
    std::size_t failed = 0;
    bool is_cancelled = false;
  };

  void start(Exchange& exchange);
  void answer_job(Job& job, Exchange& exchange);
  void send(const Job& job, Exchange& exchange);
  Job* called(const std::string& uuid);

  std::string status_of(const Job& job) const;
  std::size_t chunks_done(const Job& job) const;
  json available(const Job& job) const;
  json failed(const Job& job) const;
  json status_said(const Job& job) const;
  json list() const;

  World& world_;
  std::vector<Job> jobs_;
  json last_filters_ = json::object();
};

}  // namespace patchbot::test::fake
