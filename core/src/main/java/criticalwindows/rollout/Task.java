package criticalwindows.rollout;

import criticalwindows.model.Script;

/// A script and the name of what will come of it.
public record Task(Key key, Script script) {}
