"""Labels of training crops: frequent classes thinned out, unlabelled pixels filled by a teacher."""
