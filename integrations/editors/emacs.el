;; What both language clients of Emacs have in common here: the user's
;; packages and the snippet of docs/editors.md. A test fails by ending Emacs
;; with status 1.
(require 'package)
(package-initialize)
(require 'go-mode)
(require 'flymake)
(setq enable-local-variables nil)

(defun fail (&rest what)
  (message "%s" (apply #'format what))
  (kill-emacs 1))

(defun await (what holds)
  (let ((end (+ (float-time) 60)))
    (while (not (funcall holds))
      (when (> (float-time) end)
        (fail "waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defun expect (text)
  (unless (save-excursion (goto-char (point-min)) (search-forward text nil t))
    (fail "%s isn't in the text" text)))

(defvar notify (expand-file-name "notify/notify.go" (getenv "TOUR")))
