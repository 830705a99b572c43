// The commands; one .cc per group. Each prints its answer and returns what a script should know.
#pragma once

#include "cli/session.h"

namespace mlc::cli {

// commands_run.cc
[[nodiscard]] Result<ExitCode> run_demo(const Session& session);
[[nodiscard]] Result<ExitCode> run_hub(const Session& session);
// commands_init.cc
[[nodiscard]] Result<ExitCode> run_init(const Session& session);
// commands_import.cc
[[nodiscard]] Result<ExitCode> run_import(const Session& session);
// commands_look.cc
[[nodiscard]] Result<ExitCode> run_settlements(const Session& session);
[[nodiscard]] Result<ExitCode> run_streams(const Session& session);
[[nodiscard]] Result<ExitCode> run_show(const Session& session);
[[nodiscard]] Result<ExitCode> run_preview(const Session& session);
[[nodiscard]] Result<ExitCode> run_exceptions(const Session& session);
[[nodiscard]] Result<ExitCode> run_explain(const Session& session);
[[nodiscard]] Result<ExitCode> run_trace(const Session& session);
// commands_doctor.cc
[[nodiscard]] Result<ExitCode> run_doctor(const Session& session);
// commands_operate.cc
[[nodiscard]] Result<ExitCode> run_status(const Session& session);
[[nodiscard]] Result<ExitCode> run_plan(const Session& session);
[[nodiscard]] Result<ExitCode> run_sync(const Session& session);
[[nodiscard]] Result<ExitCode> run_pause(const Session& session);
[[nodiscard]] Result<ExitCode> run_resume(const Session& session);
// commands_rules.cc
[[nodiscard]] Result<ExitCode> run_rules_check(const Session& session);
[[nodiscard]] Result<ExitCode> run_rules_coverage(const Session& session);
[[nodiscard]] Result<ExitCode> run_rules_diff(const Session& session);
[[nodiscard]] Result<ExitCode> run_rules_replay(const Session& session);
// commands_decide.cc
[[nodiscard]] Result<ExitCode> run_approve(const Session& session);
[[nodiscard]] Result<ExitCode> run_post(const Session& session);
[[nodiscard]] Result<ExitCode> run_reverse(const Session& session);
[[nodiscard]] Result<ExitCode> run_retry(const Session& session);
[[nodiscard]] Result<ExitCode> run_resolve(const Session& session);
// commands_keep.cc
[[nodiscard]] Result<ExitCode> run_audit_verify(const Session& session);
[[nodiscard]] Result<ExitCode> run_audit_checkpoint(const Session& session);
[[nodiscard]] Result<ExitCode> run_backup(const Session& session);
[[nodiscard]] Result<ExitCode> run_restore(const Session& session);
// commands_manual.cc
[[nodiscard]] Result<ExitCode> run_completion(const Session& session);
[[nodiscard]] Result<ExitCode> run_man(const Session& session);
[[nodiscard]] Result<ExitCode> run_version(const Session& session);

}  // namespace mlc::cli
