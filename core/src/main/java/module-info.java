/// The method on the JDK alone: problems, models as an interface, prompts, cuts, answers,
/// statistics, windows and experiments. Engines, files and pages live in modules of their own.
@org.jspecify.annotations.NullMarked
module criticalwindows.core {
  requires static transitive org.jspecify;

  exports criticalwindows.error;
  exports criticalwindows.retry;
  exports criticalwindows.hash;
  exports criticalwindows.dataset;
  exports criticalwindows.model;
  exports criticalwindows.prompt;
  exports criticalwindows.math;
  exports criticalwindows.noise;
  exports criticalwindows.grade;
  exports criticalwindows.judge;
  exports criticalwindows.stats;
  exports criticalwindows.view;
  exports criticalwindows.localise;
  exports criticalwindows.form;
  exports criticalwindows.theory;
  exports criticalwindows.rollout;
  exports criticalwindows.outcome;
  exports criticalwindows.window;
  exports criticalwindows.weight;
  exports criticalwindows.cot;
  exports criticalwindows.preference;
  exports criticalwindows.search;
  exports criticalwindows.trace;
  exports criticalwindows.attack;
  exports criticalwindows.defence;
  exports criticalwindows.activation;
  exports criticalwindows.probe;
  exports criticalwindows.ratio;
  exports criticalwindows.monitor;
  exports criticalwindows.intervene;
  exports criticalwindows.explain;
  exports criticalwindows.compare;
}
