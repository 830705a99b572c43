// Measurements in the text form that Prometheus reads (exposition format 0.0.4): prometheus.io,
// "Exposition formats".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace mlc::runtime {

enum class MetricType { kGauge, kCounter };

// What is measured. Names are stable for ever; a counter's ends with "_total".
struct MetricKind {
  std::string_view name;
  std::string_view help;  // one line
  MetricType type = MetricType::kGauge;
};

// One value. `labels` tell values of the same kind apart, in a fixed order; `value` is a decimal
// number as text, so that money stays exact.
struct Sample {
  const MetricKind* kind = nullptr;
  std::vector<Fact> labels;
  std::string value;
};

// Content-Type of the text.
inline constexpr std::string_view kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

// Samples of a kind stand together, kinds in the order of their first sample. Pure.
[[nodiscard]] std::string metrics_text(const std::vector<Sample>& samples);

}  // namespace mlc::runtime
